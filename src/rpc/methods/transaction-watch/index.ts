import type {Declaration} from "../../dispatch/method-table.ts";
import {transactionWatchSubmitAndWatch} from "./submit-and-watch.ts";

export const transactionWatchMethods: readonly Declaration[] = [transactionWatchSubmitAndWatch];
