import {bytesToHex, err, ok} from "#base";
import {keyFileName} from "./key-files.ts";
import {placeText, type SigningGuard} from "./signing-guard.ts";

/** For keys that end with the process. */
export function createMemorySigningGuard(): SigningGuard {
  const last = new Map<string, {place: string; content: string}>();
  return {
    take(keyType, publicKey, place, content) {
      const key = keyFileName(keyType, publicKey);
      const taken = {place: placeText(place), content: bytesToHex(content)};
      const before = last.get(key);
      if (before !== undefined && before.place >= taken.place) {
        const isSame = before.place === taken.place && before.content === taken.content;
        return isSame ? ok() : err({code: "already-signed", last: before.place});
      }
      last.set(key, taken);
      return ok();
    },
  };
}
