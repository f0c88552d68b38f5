import type {Declaration} from "../../declare/index.ts";
import {transactionBroadcast} from "./broadcast.ts";
import {transactionStop} from "./stop.ts";

export const transactionMethods: readonly Declaration[] = [transactionBroadcast, transactionStop];
