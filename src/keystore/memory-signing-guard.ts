import {equalBytes, err, ok} from "#base";
import {keyFileName} from "./key-files.ts";
import {placeText, type SigningGuard, type SigningPromise} from "./signing-guard.ts";

/** For keys that end with the process. */
export function createMemorySigningGuard(): SigningGuard {
  const last = new Map<string, SigningPromise & {content: Uint8Array}>();
  return {
    take(keyType, publicKey, place, content) {
      const key = keyFileName(keyType, publicKey);
      const before = last.get(key);
      const [text, lastText] = [placeText(place), before && placeText(before.place)];
      if (lastText !== undefined && lastText > text) {
        return err({code: "already-signed", last: lastText});
      }
      if (before !== undefined && lastText === text) {
        return equalBytes(before.content, content)
          ? ok()
          : err({code: "promised-otherwise", content: before.content});
      }
      last.set(key, {place, content: content.slice()});
      return ok();
    },
    last: (keyType, publicKey) => ok(last.get(keyFileName(keyType, publicKey))),
  };
}
