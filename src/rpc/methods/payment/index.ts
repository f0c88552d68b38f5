import type {Declaration} from "../../declare/index.ts";
import {paymentQueryFeeDetails} from "./query-fee-details.ts";
import {paymentQueryInfo} from "./query-info.ts";

export const paymentMethods: readonly Declaration[] = [paymentQueryInfo, paymentQueryFeeDetails];
