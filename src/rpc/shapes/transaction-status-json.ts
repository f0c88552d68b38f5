import type {TransactionStatus} from "#pool";
import {toHex} from "./hex.ts";

/** Bare strings where nothing is said beside the name; an object with the one key otherwise (spec/rpc §0.5). */
export function transactionStatusJson(status: TransactionStatus): unknown {
  switch (status.kind) {
    case "future":
    case "ready":
    case "dropped":
    case "invalid":
      return status.kind;
    case "broadcast":
      return {broadcast: status.peers};
    case "usurped":
      return {usurped: toHex(status.by)};
    default:
      return {[status.kind]: toHex(status.block)};
  }
}
