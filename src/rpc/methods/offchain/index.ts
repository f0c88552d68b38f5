import type {OffchainBackend} from "../../backend/index.ts";
import type {Declaration} from "../../declare/index.ts";
import {offchainLocalStorageClear} from "./local-storage-clear.ts";
import {offchainLocalStorageGet} from "./local-storage-get.ts";
import {offchainLocalStorageSet} from "./local-storage-set.ts";

export const offchainMethods = (offchain: OffchainBackend): readonly Declaration[] => [
  offchainLocalStorageGet(offchain),
  offchainLocalStorageSet(offchain),
  offchainLocalStorageClear(offchain),
];
