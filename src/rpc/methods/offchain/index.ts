import type {Declaration} from "../../declare/index.ts";
import type {OffchainQuestions} from "../../questions/offchain.ts";
import {offchainLocalStorageClear} from "./local-storage-clear.ts";
import {offchainLocalStorageGet} from "./local-storage-get.ts";
import {offchainLocalStorageSet} from "./local-storage-set.ts";

export const offchainMethods = (offchain: OffchainQuestions): readonly Declaration[] => [
  offchainLocalStorageGet(offchain),
  offchainLocalStorageSet(offchain),
  offchainLocalStorageClear(offchain),
];
