import {readFirstForm} from "./first-form.ts";
import {readV0} from "./v0-form.ts";

/** Of a name that is told: generic parameters can make one of thousands. */
export const MOST_CHARACTERS = 200;
/** What a name begins and ends with when it is cut: the type that it is of, and the function itself. */
const KEPT_HEAD = 60;

/** What a compiler or linker adds to a name so that it is the only one. */
const SUFFIX = /::h[0-9a-f]{16}$/;
const LINKER_SUFFIX = /\.(?:llvm|lto_priv|cold|constprop|isra|part)\.?[0-9A-Za-z.]*$/;
/** Bytes of a name that is read at all: the longest of those seen have two thousand. */
const LONGEST = 16_384;

/** The name of a function as it would be written, without control characters, of `MOST_CHARACTERS` at most. */
export function readableName(symbol: string): string {
  const bare = symbol.slice(0, LONGEST).replace(LINKER_SUFFIX, "");
  const read = readFirstForm(bare) ?? readV0(bare) ?? bare;
  return shortened(read.replace(SUFFIX, "").replace(/\p{Cc}+/gu, " "));
}

function shortened(name: string): string {
  if (name.length <= MOST_CHARACTERS) return name;
  const tail = MOST_CHARACTERS - KEPT_HEAD - 1;
  return `${name.slice(0, KEPT_HEAD)}…${name.slice(-tail)}`;
}
