import {parse} from "lossless-json";

/** Digits of a value from which on it is worth taking out: code has millions, and hardly anything else a thousand. */
const LONG = 1_000;

/** How a long value in hex begins. */
const BEGINNING = '"0x';

/** What no value in hex has; some of it JSON would not allow either. */
const NO_HEX = /[^0-9a-fA-Fx]/;

/**
 * A document with its numbers as they are written. The parser that gives us those puts a text together letter by letter, and is
 * at a runtime's code for a third of a second and a hundred megabytes: so long values in hex are taken out before, and put back
 * in their places. Throws a `SyntaxError` for what is no JSON.
 */
export function parseJson(text: string): unknown {
  // Where something is escaped, a quotation mark need not be the end of a text.
  if (text.includes("\\")) return parse(text);
  const mark = unusedIn(text);
  const {rest, taken} = takeOut(text, mark);
  if (taken.length === 0) return parse(text);
  try {
    return putBack(parse(rest), mark, taken);
  } catch {
    // It says where the fault is, by places in the whole text.
    return parse(text);
  }
}

function unusedIn(text: string): string {
  let mark = "~";
  while (text.includes(`"${mark}`)) mark += "~";
  return mark;
}

function takeOut(text: string, mark: string): {rest: string; taken: readonly string[]} {
  const taken: string[] = [];
  const places = new Map<string, number>();
  const parts: string[] = [];
  let kept = 0;
  let at = text.indexOf(BEGINNING);
  while (at >= 0) {
    const end = text.indexOf('"', at + 1);
    const value = end < 0 ? "" : text.slice(at + 1, end);
    if (value.length >= LONG && !NO_HEX.test(value) && isAfterColon(text, at)) {
      // The same value twice stays the same, by which the parser judges keys that are there twice.
      const place = places.get(value) ?? taken.push(value) - 1;
      places.set(value, place);
      parts.push(text.slice(kept, at), `"${mark}${place}"`);
      kept = end + 1;
    }
    at = end < 0 ? -1 : text.indexOf(BEGINNING, end + 1);
  }
  return {rest: parts.join("") + text.slice(kept), taken};
}

/** A key would have to be put back as one. */
function isAfterColon(text: string, at: number): boolean {
  let before = at - 1;
  while (" \n\r\t".includes(text.charAt(before)) && before >= 0) before--;
  return text[before] === ":";
}

/** In place, and as deep as it goes: everything was made by the parser just now. */
function putBack(document: unknown, mark: string, taken: readonly string[]): unknown {
  const top = {document};
  const open: Record<string, unknown>[] = [top];
  for (let object = open.pop(); object !== undefined; object = open.pop()) {
    for (const [key, value] of Object.entries(object)) {
      if (typeof value === "string" && value.startsWith(mark)) {
        object[key] = taken[Number(value.slice(mark.length))];
      } else if (typeof value === "object" && value !== null) {
        open.push(value as Record<string, unknown>);
      }
    }
  }
  return top.document;
}
