import {bytesToBinary, err, ok} from "#base";
import {decode, encode, fixedBytes, option, bytes as scaleBytes, tuple, vec} from "#codec";
import {callFailureText} from "../../access/call-failure-text.ts";
import {bytes, method, param} from "../../declare/index.ts";
import type {KeysQuestions} from "../../questions/keys.ts";
import {authorError} from "./key-type.ts";

const decodedKeys = option(vec(tuple(scaleBytes, fixedBytes(4))));

const INVALID_SESSION_KEYS = authorError("Session keys are not encoded correctly");

/** The runtime takes the keys apart, so this holds for any list of key types. */
export const authorHasSessionKeys = (keys: KeysQuestions) =>
  method({
    name: "author_hasSessionKeys",
    unsafe: true,
    secretive: true,
    params: [param("sessionKeys", bytes)],
    result: "true when the keystore holds every one of them",
    handle({chain}, sessionKeys) {
      const best = chain.best().hash;
      const args = encode(scaleBytes, sessionKeys);
      const called = chain.call(best, "SessionKeys_decode_session_keys", args);
      if (!called.ok) {
        return err(authorError(`Client error: ${callFailureText(chain, best, called.error)}`));
      }
      const decoded = decode(decodedKeys, called.value);
      if (!decoded.ok || decoded.value === undefined) return err(INVALID_SESSION_KEYS);
      return ok(
        decoded.value.every(([publicKey, keyType]) => keys.has(bytesToBinary(keyType), publicKey)),
      );
    },
  });
