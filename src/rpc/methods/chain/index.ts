import type {Declaration} from "../../declare/index.ts";
import {chainGetBlock} from "./get-block.ts";
import {chainGetBlockHash} from "./get-block-hash.ts";
import {chainGetFinalizedHead} from "./get-finalized-head.ts";
import {chainGetHeader} from "./get-header.ts";
import {chainSubscribeAllHeads} from "./subscribe-all-heads.ts";
import {chainSubscribeFinalizedHeads} from "./subscribe-finalized-heads.ts";
import {chainSubscribeNewHeads} from "./subscribe-new-heads.ts";

export const chainMethods: readonly Declaration[] = [
  chainGetHeader,
  chainGetBlock,
  chainGetBlockHash,
  chainGetFinalizedHead,
  chainSubscribeNewHeads,
  chainSubscribeFinalizedHeads,
  chainSubscribeAllHeads,
];
