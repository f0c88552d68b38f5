import type {Declaration} from "../../declare/index.ts";
import {stateCall} from "./call.ts";
import {stateGetChildReadProof} from "./get-child-read-proof.ts";
import {stateGetKeys} from "./get-keys.ts";
import {stateGetKeysPaged} from "./get-keys-paged.ts";
import {stateGetMetadata} from "./get-metadata.ts";
import {stateGetPairs} from "./get-pairs.ts";
import {stateGetReadProof} from "./get-read-proof.ts";
import {stateGetRuntimeVersion} from "./get-runtime-version.ts";
import {stateGetStorage} from "./get-storage.ts";
import {stateGetStorageHash} from "./get-storage-hash.ts";
import {stateGetStorageSize} from "./get-storage-size.ts";
import {stateQueryStorage} from "./query-storage.ts";
import {stateQueryStorageAt} from "./query-storage-at.ts";
import {stateSubscribeRuntimeVersion} from "./subscribe-runtime-version.ts";
import {stateSubscribeStorage} from "./subscribe-storage.ts";

export const stateMethods: readonly Declaration[] = [
  stateCall,
  stateGetMetadata,
  stateGetRuntimeVersion,
  stateGetStorage,
  stateGetStorageHash,
  stateGetStorageSize,
  stateGetKeys,
  stateGetKeysPaged,
  stateGetPairs,
  stateQueryStorage,
  stateQueryStorageAt,
  stateGetReadProof,
  stateGetChildReadProof,
  stateSubscribeStorage,
  stateSubscribeRuntimeVersion,
];
