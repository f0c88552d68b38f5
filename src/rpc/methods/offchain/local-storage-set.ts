import {err, ok} from "#base";
import {bytes, method, param} from "../../declare/index.ts";
import type {OffchainQuestions} from "../../questions/offchain.ts";
import {KIND_UNAVAILABLE, storageKind} from "./storage-kind.ts";

export const offchainLocalStorageSet = (offchain: OffchainQuestions) =>
  method({
    name: "offchain_localStorageSet",
    unsafe: true,
    secretive: true,
    params: [param("kind", storageKind), param("key", bytes), param("value", bytes)],
    result: "null",
    handle(_, kind, key, value) {
      if (kind === "LOCAL") return err(KIND_UNAVAILABLE);
      offchain.set(key, value);
      return ok(null);
    },
  });
