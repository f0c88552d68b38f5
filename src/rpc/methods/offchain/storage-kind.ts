import type {Reader} from "../../declare/index.ts";
import type {RpcError} from "../../json-rpc/rpc-error.ts";

export type StorageKind = "PERSISTENT" | "LOCAL";

export const storageKind: Reader<StorageKind> = {
  expected: '"PERSISTENT" or "LOCAL"',
  schema: {enum: ["PERSISTENT", "LOCAL"]},
  read: json => (json === "PERSISTENT" || json === "LOCAL" ? json : undefined),
};

/** Only what outlives forks is kept; the other kind is not there upstream either. */
export const KIND_UNAVAILABLE: RpcError = {
  code: 5_001,
  message: "This storage kind is not available yet.",
};
