import {err, ok} from "#base";
import {bytes, method, param} from "../../declare/index.ts";
import type {OffchainQuestions} from "../../questions/offchain.ts";
import {hexJson} from "../../shapes/hex.ts";
import {KIND_UNAVAILABLE, storageKind} from "./storage-kind.ts";

export const offchainLocalStorageGet = (offchain: OffchainQuestions) =>
  method({
    name: "offchain_localStorageGet",
    unsafe: true,
    secretive: true,
    params: [param("kind", storageKind), param("key", bytes)],
    result: "Bytes | null",
    handle(_, kind, key) {
      if (kind === "LOCAL") return err(KIND_UNAVAILABLE);
      const value = offchain.get(key);
      return ok(value === undefined ? null : hexJson(value));
    },
  });
