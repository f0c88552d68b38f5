import {KHALA_SS58_PREFIX, KHALA_TOKEN} from "#runtime";

/** How all chains of the presets show amounts and addresses. */
export const CHAIN_PROPERTIES = {
  ss58Format: KHALA_SS58_PREFIX,
  tokenDecimals: KHALA_TOKEN.decimals,
  tokenSymbol: KHALA_TOKEN.symbol,
} as const;

export const PROTOCOL_ID = "khala-ts";
