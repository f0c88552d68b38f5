import {err, ok, type Result} from "#base";
import {describeKeystoreFailure, isKeyType, type Keystore} from "#keystore";
import type {KeysQuestions, RotationFailure} from "../questions/keys.ts";

/** The best block's runtime, as far as it knows of session keys. Failures are in words. */
export interface SessionKeyRuntime {
  /** The types of its session keys, in its order. */
  types(): Result<readonly string[], string>;
  /** Has it make session keys, each by `make`; one that answers undefined ends it. */
  generate(make: (keyType: string) => Uint8Array | undefined): Result<Uint8Array, string>;
}

export function createKeysAnswers(keystore: Keystore, runtime: SessionKeyRuntime): KeysQuestions {
  return {
    insert: (keyType, secretUri, publicKey) =>
      isKeyType(keyType)
        ? keystore.insert(keyType, secretUri, publicKey)
        : {ok: false, error: {code: "key-type-unknown", keyType}},
    has: (keyType, publicKey) => isKeyType(keyType) && keystore.has(keyType, publicKey),
    rotate: () => rotate(keystore, runtime),
  };
}

/** Asks for the types first: keys of which one is missing are of no use to anybody. */
function rotate(
  keystore: Keystore,
  runtime: SessionKeyRuntime,
): Result<Uint8Array, RotationFailure> {
  const types = runtime.types();
  if (!types.ok) return err({code: "session-keys-unavailable", reason: types.error});
  const strange = types.value.find(keyType => !isKeyType(keyType));
  if (strange !== undefined) {
    return err({code: "session-keys-unsupported", keyType: strange, types: types.value});
  }
  const made: {keyType: string; publicKey: Uint8Array}[] = [];
  let reason: string | undefined;
  const keys = runtime.generate(keyType => {
    if (!isKeyType(keyType)) {
      reason = `this node has no use for keys of type ${keyType}`;
      return undefined;
    }
    const publicKey = keystore.generate(keyType);
    if (!publicKey.ok) {
      reason = describeKeystoreFailure(publicKey.error);
      return undefined;
    }
    made.push({keyType, publicKey: publicKey.value});
    return publicKey.value;
  });
  if (keys.ok) return ok(keys.value);
  return err({code: "session-keys-incomplete", reason: reason ?? keys.error, made});
}
