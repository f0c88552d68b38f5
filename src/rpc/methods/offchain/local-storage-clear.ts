import {err, ok} from "#base";
import type {OffchainBackend} from "../../backend/index.ts";
import {bytes, method, param} from "../../declare/index.ts";
import {KIND_UNAVAILABLE, storageKind} from "./storage-kind.ts";

export const offchainLocalStorageClear = (offchain: OffchainBackend) =>
  method({
    name: "offchain_localStorageClear",
    unsafe: true,
    params: [param("kind", storageKind), param("key", bytes)],
    result: "null",
    handle(_, kind, key) {
      if (kind === "LOCAL") return err(KIND_UNAVAILABLE);
      offchain.set(key, undefined);
      return ok(null);
    },
  });
