import type {Declaration} from "../../declare/index.ts";
import {childStateGetKeys} from "./get-keys.ts";
import {childStateGetKeysPaged} from "./get-keys-paged.ts";
import {childStateGetStorage} from "./get-storage.ts";
import {childStateGetStorageEntries} from "./get-storage-entries.ts";
import {childStateGetStorageHash} from "./get-storage-hash.ts";
import {childStateGetStorageSize} from "./get-storage-size.ts";

export const childStateMethods: readonly Declaration[] = [
  childStateGetKeys,
  childStateGetKeysPaged,
  childStateGetStorage,
  childStateGetStorageEntries,
  childStateGetStorageHash,
  childStateGetStorageSize,
];
