import {err, ok} from "#base";
import type {OffchainBackend} from "../../backend/index.ts";
import {bytes, method, param} from "../../declare/index.ts";
import {KIND_UNAVAILABLE, storageKind} from "./storage-kind.ts";

export const offchainLocalStorageSet = (offchain: OffchainBackend) =>
  method({
    name: "offchain_localStorageSet",
    unsafe: true,
    params: [param("kind", storageKind), param("key", bytes), param("value", bytes)],
    result: "null",
    handle(_, kind, key, value) {
      if (kind === "LOCAL") return err(KIND_UNAVAILABLE);
      offchain.set(key, value);
      return ok(null);
    },
  });
