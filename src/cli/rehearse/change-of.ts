import {isDevelopmentName} from "#rehearsal";
import {DeskError} from "../desk/desk-error.ts";

const CHANGE = /^(?<pallet>\w+)\.(?<item>\w+)(?:\[(?<keys>.*?)\])?=(?<value>[\s\S]*)$/;

/**
 * `Pallet.Item=value` or `Pallet.Item[key, key]=value` as named state has it: `{Pallet: {Item: value}}`. Values and keys are
 * JSON, or a text where they are none; whole numbers stay texts, since they may be wider than JSON's. `//Alice` is an account, as
 * a key `Alice` too. Throws `DeskError`.
 */
export function changeOf(text: string): unknown {
  const parts = CHANGE.exec(text)?.groups;
  if (parts === undefined) {
    throw new DeskError({
      code: "flag-invalid",
      what: `--set ${text}: what is to be set?`,
      todo: "write Pallet.Item=VALUE, or Pallet.Item[KEY]=VALUE for a map",
    });
  }
  const {pallet = "", item = "", keys, value = ""} = parts;
  const held = jsonOrText(value);
  if (keys === undefined) return {[pallet]: {[item]: held}};
  return {[pallet]: {[item]: [[splitKeys(keys).map(keyOf), held]]}};
}

/** At commas that are in no brackets and no quotes. */
function splitKeys(text: string): string[] {
  return text.match(/(?:\{[^}]*\}|\[[^\]]*\]|"[^"]*"|[^,])+/g) ?? [];
}

/** Keys are accounts more often than not. */
const keyOf = (text: string) =>
  isDevelopmentName(text.trim()) ? `//${text.trim()}` : jsonOrText(text);

function jsonOrText(given: string): unknown {
  const text = given.trim();
  if (/^-?\d+$/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
