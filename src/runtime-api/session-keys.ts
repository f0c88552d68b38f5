import {bytesToBinary, err, ok, type Result} from "#base";
import {bytes, type Codec, decode, encode, fixedBytes, option, struct, tuple, vec} from "#codec";
import {PUBLIC_KEY_LENGTH, SIGNATURE_LENGTH, type SignatureScheme} from "#crypto";
import {apiVersion} from "./api-version.ts";
import type {ApiFailure} from "./calls.ts";
import type {Runtime, RuntimeHost} from "./runtime.ts";

/** One of a set of session keys. */
export interface TypedKey {
  /** Four letters, such as `aura`. */
  readonly keyType: string;
  readonly publicKey: Uint8Array;
}

const GENERATE = "SessionKeys_generate_session_keys";
const DECODE = "SessionKeys_decode_session_keys";

/** Keys that a runtime had its host make. */
export interface GeneratedKeys {
  /** Public halves one after the other in the runtime's order, as `set_keys` takes them. */
  readonly keys: Uint8Array;
  /** That whoever made them has the secrets, for one owner, which `set_keys` takes too; runtimes from 2026 on ask for one. */
  readonly proof: Uint8Array | undefined;
}

const NO_SEED = encode(option(bytes), undefined);
/** Of version 2 (polkadot-sdk's RFC 48). */
const withOwner = struct({owner: bytes, seed: option(bytes)});
const withProof = struct({keys: bytes, proof: bytes});

/**
 * `SessionKeys_generate_session_keys` from fresh randomness: the host makes a key of each type that the runtime asks for, and
 * signs with it where that proves who has it. `owner`: the account that will register them, as the chain encodes it; a proof
 * for nobody is of no use.
 */
export function generateSessionKeys(
  runtime: Runtime,
  host: RuntimeHost & Required<Pick<RuntimeHost, "generateSessionKey">>,
  owner: Uint8Array = new Uint8Array(0),
): Result<GeneratedKeys, ApiFailure> {
  if ((apiVersion(runtime, "SessionKeys") ?? 1) < 2) {
    const keys = answerOf(GENERATE, runtime.call(GENERATE, NO_SEED, host), bytes);
    return keys.ok ? ok({keys: keys.value, proof: undefined}) : keys;
  }
  const args = encode(withOwner, {owner, seed: undefined});
  return answerOf(GENERATE, runtime.call(GENERATE, args, host), withProof);
}

/** What kind of key one of a runtime's session keys is. */
export interface SessionKeyKind {
  /** Four letters, such as `aura`. */
  readonly keyType: string;
  /** Undefined where the runtime leaves it to the type. */
  readonly scheme: SignatureScheme | undefined;
}

/**
 * The kinds of a runtime's session keys in its own order, learnt from what it asks for when it is to make some; none are made.
 */
export function askSessionKeyKinds(
  runtime: Runtime,
  host: Omit<RuntimeHost, "generateSessionKey">,
): Result<readonly SessionKeyKind[], ApiFailure> {
  const kinds: SessionKeyKind[] = [];
  const asked = generateSessionKeys(runtime, {
    ...host,
    generateSessionKey(keyType, _, scheme) {
      kinds.push({keyType, scheme});
      // What a runtime makes of the bytes does not matter here.
      return new Uint8Array(PUBLIC_KEY_LENGTH[scheme ?? "sr25519"]);
    },
    // Nor what it proves by them.
    keys: {publicKeys: () => [], sign: scheme => new Uint8Array(SIGNATURE_LENGTH[scheme])},
  });
  return asked.ok ? ok(kinds) : asked;
}

const decoded = option(vec(tuple(bytes, fixedBytes(4))));

/** `SessionKeys_decode_session_keys`: the keys apart; undefined where the runtime takes the bytes for no keys of its own. */
export function decodeSessionKeys(
  runtime: Runtime,
  host: RuntimeHost,
  keys: Uint8Array,
): Result<readonly TypedKey[] | undefined, ApiFailure> {
  const answer = runtime.call(DECODE, encode(bytes, keys), host);
  return answer.ok ? readSessionKeys(answer.value) : answer;
}

/** What `SessionKeys_decode_session_keys` answers, by whichever way it was asked. */
export function readSessionKeys(
  answer: Uint8Array,
): Result<readonly TypedKey[] | undefined, ApiFailure> {
  const read = answerOf(DECODE, ok(answer), decoded);
  if (!read.ok) return read;
  return ok(read.value?.map(([publicKey, id]) => ({keyType: bytesToBinary(id), publicKey})));
}

function answerOf<T>(
  name: string,
  answer: Result<Uint8Array, ApiFailure>,
  codec: Codec<T>,
): Result<T, ApiFailure> {
  if (!answer.ok) return answer;
  const read = decode(codec, answer.value);
  return read.ok ? read : err({code: "answer-invalid", name, reason: read.error});
}
