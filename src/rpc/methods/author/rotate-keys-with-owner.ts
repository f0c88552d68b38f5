import {err, ok} from "#base";
import {bytes, method, param} from "../../declare/index.ts";
import type {KeysQuestions} from "../../questions/keys.ts";
import {toHex} from "../../shapes/hex.ts";
import {authorError} from "./key-type.ts";
import {rotationFailureText} from "./rotation-failure-text.ts";

/** As `author_rotateKeys`. No proof: runtimes whose session keys ask for one know who owns them, ours does not. */
export const authorRotateKeysWithOwner = (keys: KeysQuestions) =>
  method({
    name: "author_rotateKeysWithOwner",
    unsafe: true,
    params: [param("owner", bytes)],
    result: "{keys: Bytes}",
    handle(_, _owner) {
      const rotated = keys.rotate();
      return rotated.ok
        ? ok({keys: toHex(rotated.value)})
        : err(authorError(rotationFailureText(rotated.error)));
    },
  });
