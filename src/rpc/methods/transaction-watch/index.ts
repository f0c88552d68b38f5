import type {Declaration} from "../../declare/index.ts";
import {transactionWatchSubmitAndWatch} from "./submit-and-watch.ts";

export const transactionWatchMethods: readonly Declaration[] = [transactionWatchSubmitAndWatch];
