import {accountId, dispatchError, dispatchInfo, hash} from "#primitives";
import type {EventDeclaration} from "../../frame/index.ts";

/** Events of System (spec/pallets §6). */
export const SYSTEM_EVENTS = {
  ExtrinsicSuccess: [0, {dispatchInfo}, "An extrinsic completed successfully."],
  ExtrinsicFailed: [1, {dispatchError, dispatchInfo}, "An extrinsic failed."],
  CodeUpdated: [2, {}, "`:code` was updated."],
  NewAccount: [3, {account: accountId}, "A new account was created."],
  KilledAccount: [4, {account: accountId}, "An account was reaped."],
  Remarked: [5, {sender: accountId, hash}, "On on-chain remark happened."],
} as const satisfies Record<string, EventDeclaration>;
