import type {Declaration} from "../../declare/index.ts";
import type {KeysQuestions} from "../../questions/keys.ts";
import {sudoSessionKeysGenerate} from "./generate-session-keys.ts";
import {authorHasKey} from "./has-key.ts";
import {authorHasSessionKeys} from "./has-session-keys.ts";
import {authorInsertKey} from "./insert-key.ts";
import {authorPendingExtrinsics} from "./pending-extrinsics.ts";
import {authorRemoveExtrinsic} from "./remove-extrinsic.ts";
import {authorRotateKeys} from "./rotate-keys.ts";
import {authorRotateKeysWithOwner} from "./rotate-keys-with-owner.ts";
import {authorSubmitAndWatchExtrinsic} from "./submit-and-watch-extrinsic.ts";
import {authorSubmitExtrinsic} from "./submit-extrinsic.ts";

export const authorMethods: readonly Declaration[] = [
  authorSubmitExtrinsic,
  authorSubmitAndWatchExtrinsic,
  authorPendingExtrinsics,
  authorRemoveExtrinsic,
];

/** Those of a node that has a keystore. */
export const authorKeyMethods = (keys: KeysQuestions): readonly Declaration[] => [
  authorInsertKey(keys),
  authorRotateKeys(keys),
  authorRotateKeysWithOwner(keys),
  authorHasSessionKeys(keys),
  authorHasKey(keys),
  sudoSessionKeysGenerate(keys),
];
