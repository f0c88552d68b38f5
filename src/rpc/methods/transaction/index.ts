import type {Declaration} from "../../dispatch/method-table.ts";
import {transactionBroadcast} from "./broadcast.ts";
import {transactionStop} from "./stop.ts";

export const transactionMethods: readonly Declaration[] = [transactionBroadcast, transactionStop];
