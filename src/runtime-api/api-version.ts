import {hex} from "#base";
import {apiVersionIn, type RuntimeVersion} from "#primitives";

/** BLAKE2b-64 of their names, by which a runtime lists its APIs (sp-api). */
const API_IDS = {
  Core: hex("0xdf6acb689907609b"),
  BlockBuilder: hex("0x40fe3ad401f8959a"),
  TaggedTransactionQueue: hex("0xd2bc9897eed08f15"),
  BabeApi: hex("0xcbca25e39f142387"),
  AuraApi: hex("0xdd718d5cc53262d4"),
  GrandpaApi: hex("0xed99c5acb25eedf5"),
  SessionKeys: hex("0xab3c0572291feb8b"),
  CollatorApi: hex("0x27ca5049a915f69a"),
  CollectCollationInfo: hex("0xea93e3f16f3d6962"),
} as const;
export type ApiName = keyof typeof API_IDS;

/** The version of an API that a runtime has; undefined where it has none of it. */
export function apiVersion(
  {version}: {readonly version: Pick<RuntimeVersion, "apis">},
  api: ApiName,
): number | undefined {
  return apiVersionIn(version.apis, API_IDS[api]);
}
