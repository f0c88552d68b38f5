import {err, ok} from "#base";
import type {OffchainBackend} from "../../backend/index.ts";
import {bytes, method, param} from "../../declare/index.ts";
import {hexJson} from "../../shapes/hex.ts";
import {KIND_UNAVAILABLE, storageKind} from "./storage-kind.ts";

export const offchainLocalStorageGet = (offchain: OffchainBackend) =>
  method({
    name: "offchain_localStorageGet",
    unsafe: true,
    params: [param("kind", storageKind), param("key", bytes)],
    result: "Bytes | null",
    handle(_, kind, key) {
      if (kind === "LOCAL") return err(KIND_UNAVAILABLE);
      const value = offchain.get(key);
      return ok(value === undefined ? null : hexJson(value));
    },
  });
