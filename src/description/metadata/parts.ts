import {readCompact, type Source} from "#codec";

const UTF8 = new TextDecoder("utf-8", {fatal: true, ignoreBOM: true});
/** Up to here a text is put together faster than a decoder is called. */
const SHORT = 64;
const NO_TEXTS: readonly string[] = [];

/** Reads texts as metadata has them by the thousand: most are short, in ASCII. */
export function readText(source: Source): string {
  const length = readCompact(source);
  const start = source.advance(length);
  const {bytes} = source;
  if (length <= SHORT) {
    let text = "";
    let i = start;
    for (; i < start + length && bytes[i]! < 0x80; i++) text += String.fromCharCode(bytes[i]!);
    if (i === start + length) return text;
  }
  try {
    return UTF8.decode(bytes.subarray(start, start + length));
  } catch {
    return source.fail("invalid-value", "text is not UTF-8");
  }
}

export function readTexts(source: Source): readonly string[] {
  const count = readCompact(source);
  if (count === 0) return NO_TEXTS;
  const texts: string[] = [];
  for (let i = 0; i < count; i++) texts.push(readText(source));
  return texts;
}

export function readBytes(source: Source): Uint8Array {
  return source.take(readCompact(source));
}

/** Every item takes bytes, so that what is read bounds what is made. */
export function readList<T>(source: Source, read: (source: Source, index: number) => T): T[] {
  const count = readCompact(source);
  const items: T[] = [];
  for (let i = 0; i < count; i++) items.push(read(source, i));
  return items;
}

export function readOptional<T>(source: Source, read: (source: Source) => T): T | undefined {
  const tag = source.u8();
  if (tag > 1) source.fail("invalid-value", `${tag} is no option`);
  return tag === 0 ? undefined : read(source);
}

/** One of a list of names, by its index. */
export function readChoice<T>(source: Source, choices: readonly T[], what: string): T {
  const index = source.u8();
  return choices[index] ?? source.fail("invalid-value", `${index} is no ${what}`);
}
