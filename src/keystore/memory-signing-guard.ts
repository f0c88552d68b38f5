import {equalBytes, err, ok} from "#base";
import {keyFileName} from "./key-files.ts";
import {PROMISES_KEPT, placeText, type SigningGuard, type SigningPromise} from "./signing-guard.ts";

/** For keys that end with the process. */
export function createMemorySigningGuard(): SigningGuard {
  /** Of each key by place, as text that sorts as the places do; the lowest first. */
  const promises = new Map<string, Map<string, SigningPromise & {content: Uint8Array}>>();
  return {
    take(keyType, publicKey, place, content) {
      const key = keyFileName(keyType, publicKey);
      const text = placeText(place);
      const kept = promises.get(key) ?? new Map();
      const there = kept.get(text);
      if (there !== undefined) {
        return equalBytes(there.content, content)
          ? ok()
          : err({code: "promised-otherwise", content: there.content});
      }
      const [lowest] = kept.keys();
      if (lowest !== undefined && lowest > text) {
        return err({code: "already-signed", last: [...kept.keys()].at(-1)!});
      }
      const all = [...kept, [text, {place, content: content.slice()}] as const];
      all.sort(([a], [b]) => (a < b ? -1 : 1));
      promises.set(key, new Map(all.slice(-PROMISES_KEPT[keyType])));
      return ok();
    },
    last(keyType, publicKey) {
      const kept = promises.get(keyFileName(keyType, publicKey));
      return ok(kept === undefined ? undefined : [...kept.values()].at(-1));
    },
  };
}
