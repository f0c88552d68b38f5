import {err, ok} from "#base";
import {bytes, method, param} from "../../declare/index.ts";
import type {KeysQuestions} from "../../questions/keys.ts";
import {toHex} from "../../shapes/hex.ts";
import {authorError} from "./key-type.ts";
import {rotationFailureText} from "./rotation-failure-text.ts";

/** As `author_rotateKeys`, with a proof for the account that will register them where the runtime makes one; ours does not. */
export const authorRotateKeysWithOwner = (keys: KeysQuestions) =>
  method({
    name: "author_rotateKeysWithOwner",
    unsafe: true,
    secretive: true,
    params: [param("owner", bytes)],
    result:
      "{keys: Bytes, proof?: Bytes}: what session.setKeys takes; without a proof where the runtime asks for none",
    handle(_, owner) {
      const rotated = keys.rotate(owner);
      if (!rotated.ok) return err(authorError(rotationFailureText(rotated.error)));
      const {keys: made, proof} = rotated.value;
      return ok({keys: toHex(made), ...(proof === undefined ? {} : {proof: toHex(proof)})});
    },
  });
