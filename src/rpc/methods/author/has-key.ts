import {err, ok} from "#base";
import {bytes, method, param} from "../../declare/index.ts";
import type {KeysQuestions} from "../../questions/keys.ts";
import {BAD_KEY_TYPE, isKeyTypeText, keyTypeText} from "./key-type.ts";

export const authorHasKey = (keys: KeysQuestions) =>
  method({
    name: "author_hasKey",
    unsafe: true,
    secretive: true,
    params: [param("publicKey", bytes), param("keyType", keyTypeText)],
    result: "true when the keystore holds the key",
    handle(_, publicKey, keyType) {
      return isKeyTypeText(keyType) ? ok(keys.has(keyType, publicKey)) : err(BAD_KEY_TYPE);
    },
  });
