import type {RuntimeVersion} from "#primitives";
import {apiVersions, type RuntimeApi} from "../api/index.ts";

/** Rises when the state or the surface changes. */
export const SPEC_VERSION = 102;
export const SPEC_NAME = "khala-ts";

/** The token, as signing devices show amounts. */
export const KHALA_TOKEN = {symbol: "PHA", decimals: 12} as const;
/** 1 PHA in planck. */
export const PHA = 10n ** BigInt(KHALA_TOKEN.decimals);

export function khalaVersion(apis: readonly Pick<RuntimeApi, "id" | "version">[]): RuntimeVersion {
  return {
    specName: SPEC_NAME,
    implName: SPEC_NAME,
    authoringVersion: 1,
    specVersion: SPEC_VERSION,
    implVersion: 0,
    apis: apiVersions(apis),
    transactionVersion: 1,
    stateVersion: 0,
  };
}

/** The APIs in the order in which the version lists them; each API's own declaration must agree. */
export const KHALA_APIS: readonly {name: string; id: string; version: number}[] = [
  {name: "Core", id: "0xdf6acb689907609b", version: 4},
  {name: "Metadata", id: "0x37e397fc7c91f5e4", version: 2},
  {name: "BlockBuilder", id: "0x40fe3ad401f8959a", version: 6},
  {name: "TaggedTransactionQueue", id: "0xd2bc9897eed08f15", version: 3},
  {name: "OffchainWorkerApi", id: "0xf78b278be53f454c", version: 2},
  {name: "SessionKeys", id: "0xab3c0572291feb8b", version: 1},
  {name: "AccountNonceApi", id: "0xbc9d89904f5b923f", version: 1},
  {name: "TransactionPaymentApi", id: "0x37c8bb1350a9a2a8", version: 4},
  {name: "TransactionPaymentCallApi", id: "0xf3ff14d5ab527059", version: 3},
  {name: "AuraApi", id: "0xdd718d5cc53262d4", version: 1},
  {name: "GrandpaApi", id: "0xed99c5acb25eedf5", version: 3},
  {name: "CollatorApi", id: "0x27ca5049a915f69a", version: 2},
];
