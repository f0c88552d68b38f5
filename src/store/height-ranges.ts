import {StoreFault} from "./failures.ts";

/** Heights from one to another, both inclusive. */
export interface HeightRange {
  readonly from: number;
  readonly to: number;
}

/** The ranges without some heights; all in rising order. */
export function withoutHeights(
  ranges: readonly HeightRange[],
  holes: readonly HeightRange[],
): HeightRange[] {
  let left = [...ranges];
  for (const hole of holes) {
    left = left.flatMap(({from, to}) => [
      {from, to: Math.min(to, hole.from - 1)},
      {from: Math.max(from, hole.to + 1), to},
    ]);
    left = left.filter(({from, to}) => from <= to);
  }
  return left.filter(
    (range, i) => left.findIndex(o => o.from === range.from && o.to === range.to) === i,
  );
}

/** The height in some ranges that is closest to one; undefined where they are empty. */
export function nearestHeight(ranges: readonly HeightRange[], height: number): number | undefined {
  const closest = ranges.map(({from, to}) => Math.min(Math.max(height, from), to));
  return closest.sort((a, b) => Math.abs(a - height) - Math.abs(b - height))[0];
}

/** Pairs of u32, little-endian. */
export function encodeRanges(ranges: readonly HeightRange[]): Uint8Array {
  const out = new Uint8Array(8 * ranges.length);
  const view = new DataView(out.buffer);
  ranges.forEach(({from, to}, i) => {
    view.setUint32(8 * i, from, true);
    view.setUint32(8 * i + 4, to, true);
  });
  return out;
}

/** Throws `StoreFault` for what `encodeRanges` does not write. */
export function decodeRanges(bytes: Uint8Array): HeightRange[] {
  if (bytes.length % 8 !== 0) {
    throw new StoreFault("database-corrupt", "heights without states cannot be read");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const ranges: HeightRange[] = [];
  for (let at = 0; at < bytes.length; at += 8) {
    ranges.push({from: view.getUint32(at, true), to: view.getUint32(at + 4, true)});
  }
  return ranges;
}
