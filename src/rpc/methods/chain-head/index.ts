import type {Declaration} from "../../declare/index.ts";
import {chainHeadBody} from "./body.ts";
import {chainHeadCall} from "./call.ts";
import {chainHeadContinue} from "./continue.ts";
import {chainHeadFollow} from "./follow.ts";
import {chainHeadHeader} from "./header.ts";
import {chainHeadStopOperation} from "./stop-operation.ts";
import {chainHeadStorage} from "./storage.ts";
import {chainHeadUnpin} from "./unpin.ts";

export const chainHeadMethods: readonly Declaration[] = [
  chainHeadFollow,
  chainHeadHeader,
  chainHeadBody,
  chainHeadCall,
  chainHeadStorage,
  chainHeadContinue,
  chainHeadStopOperation,
  chainHeadUnpin,
];
