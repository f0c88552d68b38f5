import {err, ok} from "#base";
import {describeKeystoreFailure} from "#keystore";
import {bytes, method, param, text} from "../../declare/index.ts";
import type {KeysFailure, KeysQuestions} from "../../questions/keys.ts";
import {authorError, BAD_KEY_TYPE, isKeyTypeText, keyTypeText} from "./key-type.ts";

/** No answer repeats any part of the secret. */
export const authorInsertKey = (keys: KeysQuestions) =>
  method({
    name: "author_insertKey",
    unsafe: true,
    secretive: true,
    params: [param("keyType", keyTypeText), param("suri", text), param("publicKey", bytes)],
    result: "null",
    handle(_, keyType, suri, publicKey) {
      if (!isKeyTypeText(keyType)) return err(BAD_KEY_TYPE);
      const inserted = keys.insert(keyType, suri, publicKey);
      return inserted.ok ? ok(null) : err(authorError(keysFailureText(inserted.error)));
    },
  });

export function keysFailureText(failure: KeysFailure): string {
  return failure.code === "key-type-unknown"
    ? `key-type-unknown: this node has no use for keys of type ${failure.keyType}`
    : describeKeystoreFailure(failure);
}
