import {bytesToBinary} from "#base";
import {bytes, decode, encode, fixedBytes, option, tuple, vec} from "#codec";
import type {Runtime, RuntimeHost} from "#runtime-api";
import type {SessionKey, SessionKeys} from "./facts.ts";

/** Takes session keys apart; undefined where it is not known how. */
export type SplitKeys = (all: Uint8Array) => readonly SessionKey[] | undefined;

/** Types and lengths of a runtime's session keys, in its own order. */
export type KeyLayout = readonly {readonly keyType: string; readonly length: number}[];

const answer = option(vec(tuple(bytes, fixedBytes(4))));

/**
 * `SessionKeys_decode_session_keys`: which keys these are, as the runtime says it. Undefined where it has no such function,
 * or takes them for no keys of its own.
 */
export function askKeyLayout(
  runtime: Runtime,
  host: RuntimeHost,
  all: Uint8Array,
): KeyLayout | undefined {
  const called = runtime.call("SessionKeys_decode_session_keys", encode(bytes, all), host);
  const decoded = called.ok ? decode(answer, called.value) : undefined;
  if (decoded?.ok !== true || decoded.value === undefined) return undefined;
  return decoded.value.map(([key, type]) => ({keyType: bytesToBinary(type), length: key.length}));
}

/** Undefined where the keys are not as long as they would be. */
export function splitBy(layout: KeyLayout, all: Uint8Array): readonly SessionKey[] | undefined {
  let at = 0;
  const keys = layout.map(({keyType, length}) => {
    const publicKey = all.slice(at, at + length);
    at += length;
    return {keyType, publicKey};
  });
  return at === all.length ? keys : undefined;
}

export const sessionKeysOf = (
  all: Uint8Array | undefined,
  split: SplitKeys,
): SessionKeys | undefined => all && {all, byType: split(all)};
