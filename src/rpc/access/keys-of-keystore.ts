import {equalBytes, err, ok, type Result} from "#base";
import {PUBLIC_KEY_LENGTH} from "#crypto";
import {
  describeKeystoreFailure,
  isKeyType,
  isKeyTypeId,
  type Keystore,
  knownScheme,
  takesScheme,
} from "#keystore";
import type {GeneratedKeys, HostKeys, RuntimeHost} from "#runtime-api";
import type {KeysQuestions, RotationFailure} from "../questions/keys.ts";

/** Makes a key; of a runtime that does not say the scheme, in the type's own. */
export type MakeKey = NonNullable<RuntimeHost["generateSessionKey"]>;

/** The best block's runtime, as far as it knows of session keys. Failures are in words. */
export interface SessionKeyRuntime {
  /** The types of its session keys, in its order. */
  types(): Result<readonly string[], string>;
  /** Has it make session keys for their owner, each by `make`; one that answers undefined ends it. */
  generate(make: MakeKey, keys: HostKeys, owner?: Uint8Array): Result<GeneratedKeys, string>;
}

export function createKeysAnswers(keystore: Keystore, runtime: SessionKeyRuntime): KeysQuestions {
  return {
    insert: (keyType, secretUri, publicKey) =>
      isKeyTypeId(keyType)
        ? keystore.insert(keyType, secretUri, publicKey)
        : {ok: false, error: {code: "key-type-unknown", keyType}},
    has: (keyType, publicKey) => isKeyTypeId(keyType) && keystore.has(keyType, publicKey),
    rotate: owner => rotate(keystore, runtime, owner),
  };
}

/** Asks for the types first: keys of which one is missing are of no use to anybody. */
function rotate(
  keystore: Keystore,
  runtime: SessionKeyRuntime,
  owner: Uint8Array | undefined,
): Result<GeneratedKeys, RotationFailure> {
  const types = runtime.types();
  if (!types.ok) return err({code: "session-keys-unavailable", reason: types.error});
  const strange = types.value.find(keyType => !isKeyTypeId(keyType));
  if (strange !== undefined) {
    return err({code: "session-keys-unsupported", keyType: strange, types: types.value});
  }
  const made: {keyType: string; publicKey: Uint8Array}[] = [];
  let reason: string | undefined;
  const make: MakeKey = (keyType, _seed, said) => {
    const scheme = said ?? knownScheme(keyType);
    const isOther = isKeyType(keyType) && scheme !== undefined && !takesScheme(keyType, scheme);
    if (!isKeyTypeId(keyType) || scheme === undefined || isOther) {
      reason = `this node has no use for ${isOther ? `${scheme} ` : ""}keys of type ${keyType}`;
      return undefined;
    }
    const publicKey = keystore.generate(keyType, scheme);
    if (!publicKey.ok) {
      reason = describeKeystoreFailure(publicKey.error);
      return undefined;
    }
    made.push({keyType, publicKey: publicKey.value});
    return publicKey.value;
  };
  const keys = runtime.generate(make, keysForRuntime(keystore, made), owner);
  if (keys.ok) return ok(keys.value);
  return err({code: "session-keys-incomplete", reason: reason ?? keys.error, made});
}

/**
 * What a runtime may do with the node's keys while it makes some: it may prove that it has them. Those that sign blocks and
 * votes sign nothing else, unless they were made in this very call: two signatures by one of them may cost its owner's bond.
 */
function keysForRuntime(
  keystore: Keystore,
  made: readonly {readonly keyType: string; readonly publicKey: Uint8Array}[],
): HostKeys {
  return {
    publicKeys: (scheme, keyType) =>
      keystore.keys(keyType).filter(({length}) => length === PUBLIC_KEY_LENGTH[scheme]),
    sign(scheme, keyType, publicKey, message) {
      const isNew = made.some(
        one => one.keyType === keyType && equalBytes(one.publicKey, publicKey),
      );
      if (isKeyType(keyType) && !isNew) return undefined;
      const signature = keystore.signAs(scheme, keyType, publicKey, message);
      return signature.ok ? signature.value : undefined;
    },
  };
}
