import type {Declaration} from "../../declare/index.ts";
import {archiveBody} from "./body.ts";
import {archiveCall} from "./call.ts";
import {archiveFinalizedHeight} from "./finalized-height.ts";
import {archiveGenesisHash} from "./genesis-hash.ts";
import {archiveHashByHeight} from "./hash-by-height.ts";
import {archiveHeader} from "./header.ts";
import {archiveStorage} from "./storage.ts";
import {archiveStorageDiff} from "./storage-diff.ts";

export const archiveMethods: readonly Declaration[] = [
  archiveGenesisHash,
  archiveFinalizedHeight,
  archiveHashByHeight,
  archiveHeader,
  archiveBody,
  archiveCall,
  archiveStorage,
  archiveStorageDiff,
];
