import {ok} from "#base";
import {bytes, method, optional} from "../../declare/index.ts";
import type {KeysQuestions} from "../../questions/keys.ts";
import {toHex} from "../../shapes/hex.ts";
import {rotationFailureText} from "./rotation-failure-text.ts";

/** `author_rotateKeys` of the newer methods. A seed would be a secret that others know: keys are made from chance only. */
export const sudoSessionKeysGenerate = (keys: KeysQuestions) =>
  method({
    name: "sudo_sessionKeys_unstable_generate",
    unsafe: true,
    secretive: true,
    params: [optional("seed", bytes)],
    result: "{success: true, value: Bytes} | {success: false, error: string}",
    handle(_, seed) {
      if (seed !== undefined) {
        return ok({success: false, error: "keys are made from chance only: leave the seed out"});
      }
      const made = keys.rotate();
      return ok(
        made.ok
          ? {success: true, value: toHex(made.value.keys)}
          : {success: false, error: rotationFailureText(made.error)},
      );
    },
  });
