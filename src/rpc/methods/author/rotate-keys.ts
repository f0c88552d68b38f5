import {err, ok} from "#base";
import {method} from "../../declare/index.ts";
import type {KeysQuestions} from "../../questions/keys.ts";
import {toHex} from "../../shapes/hex.ts";
import {authorError} from "./key-type.ts";
import {rotationFailureText} from "./rotation-failure-text.ts";

/** The answer is what `session.setKeys` takes; nothing changes on the chain until somebody sends that. */
export const authorRotateKeys = (keys: KeysQuestions) =>
  method({
    name: "author_rotateKeys",
    unsafe: true,
    secretive: true,
    params: [],
    result: "Bytes: new session public keys, one after the other",
    handle() {
      const rotated = keys.rotate();
      return rotated.ok
        ? ok(toHex(rotated.value.keys))
        : err(authorError(rotationFailureText(rotated.error)));
    },
  });
