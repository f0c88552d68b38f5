import {decodeSessionKeys, type Runtime, type RuntimeHost, type TypedKey} from "#runtime-api";
import type {SessionKeys} from "./facts.ts";

/** Takes session keys apart; undefined where it is not known how. */
export type SplitKeys = (all: Uint8Array) => readonly TypedKey[] | undefined;

/** Types and lengths of a runtime's session keys, in its own order. */
export type KeyLayout = readonly {readonly keyType: string; readonly length: number}[];

/** Which keys these are, as the runtime says it; undefined where it cannot say, or takes them for no keys of its own. */
export function askKeyLayout(
  runtime: Runtime,
  host: RuntimeHost,
  all: Uint8Array,
): KeyLayout | undefined {
  const apart = decodeSessionKeys(runtime, host, all);
  if (!apart.ok) return undefined;
  return apart.value?.map(({keyType, publicKey}) => ({keyType, length: publicKey.length}));
}

/** Undefined where the keys are not as long as they would be. */
export function splitBy(layout: KeyLayout, all: Uint8Array): readonly TypedKey[] | undefined {
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
