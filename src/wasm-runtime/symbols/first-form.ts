/** What stands for characters that a linker would not take (rustc, "legacy" mangling). */
const ESCAPES: Readonly<Record<string, string>> = {
  SP: "@",
  BP: "*",
  RF: "&",
  LT: "<",
  GT: ">",
  LP: "(",
  RP: ")",
  C: ",",
};
const ESCAPE = /\$([A-Z]{1,2}|u[0-9a-f]{1,6})\$/g;
const HASH = /^h[0-9a-f]{16}$/;
const LAST_CHARACTER = 0x10_ffff;

/** `_ZN4core6option13expect_failed17h0123456789abcdefE`, read; undefined for what is no name of this form. */
export function readFirstForm(symbol: string): string | undefined {
  const start = /^_?_ZN/.exec(symbol);
  if (start === null) return undefined;
  const parts: string[] = [];
  let at = start[0].length;
  while (symbol[at] !== "E") {
    const length = /^[1-9][0-9]{0,4}/.exec(symbol.slice(at, at + 5))?.[0];
    if (length === undefined) return undefined;
    at += length.length;
    const part = symbol.slice(at, at + Number(length));
    if (part.length < Number(length)) return undefined;
    parts.push(part);
    at += part.length;
  }
  if (HASH.test(parts.at(-1) ?? "")) parts.pop();
  return parts.length === 0 ? undefined : parts.map(plain).join("::");
}

const plain = (part: string): string =>
  part
    // An underscore keeps a name from beginning with what stands for a character.
    .replace(/^_\$/, "$")
    .replace(ESCAPE, (whole, name: string) => ESCAPES[name] ?? character(name) ?? whole)
    .replaceAll("..", "::");

function character(name: string): string | undefined {
  const code = name.startsWith("u") ? Number.parseInt(name.slice(1), 16) : Number.NaN;
  return code <= LAST_CHARACTER ? String.fromCodePoint(code) : undefined;
}
