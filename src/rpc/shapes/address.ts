import {encodeSs58, type Ss58Prefix} from "#crypto";
import {toHex} from "./hex.ts";

/** Of accounts whose addresses are in SS58; others, as of chains with Ethereum's accounts, are written in hex. */
const SS58_LENGTH = 32;

/** An account as clients of the chain write it. */
export const addressText = (account: Uint8Array, prefix: Ss58Prefix): string =>
  account.length === SS58_LENGTH ? encodeSs58(account, prefix) : toHex(account);
