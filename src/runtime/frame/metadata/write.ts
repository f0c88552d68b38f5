import type {Sink} from "#codec";
import {bytes, str} from "#codec";
import {writeLengthPrefix as writeCompact} from "#primitives";

export function writeVec<T>(
  sink: Sink,
  items: readonly T[],
  write: (item: T, index: number) => void,
): void {
  writeCompact(items.length, sink);
  items.forEach(write);
}

export function writeText(sink: Sink, text: string): void {
  str.encodeTo(text, sink);
}

export function writeTexts(sink: Sink, texts: readonly string[]): void {
  writeVec(sink, texts, text => writeText(sink, text));
}

export function writeBytes(sink: Sink, value: Uint8Array): void {
  bytes.encodeTo(value, sink);
}

export function writeOption<T>(sink: Sink, value: T | undefined, write: (value: T) => void): void {
  sink.u8(value === undefined ? 0 : 1);
  if (value !== undefined) write(value);
}
