import {err, ok} from "#base";
import {bytes, method, param} from "../../declare/index.ts";
import type {OffchainQuestions} from "../../questions/offchain.ts";
import {KIND_UNAVAILABLE, storageKind} from "./storage-kind.ts";

export const offchainLocalStorageClear = (offchain: OffchainQuestions) =>
  method({
    name: "offchain_localStorageClear",
    unsafe: true,
    secretive: true,
    params: [param("kind", storageKind), param("key", bytes)],
    result: "null",
    handle(_, kind, key) {
      if (kind === "LOCAL") return err(KIND_UNAVAILABLE);
      offchain.set(key, undefined);
      return ok(null);
    },
  });
