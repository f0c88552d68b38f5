/** Bytes of a page of LMDB's, and of a sector, which a disk writes whole. */
const PAGE = 4_096;
const SECTOR = 512;

/** One way in which a file can be damaged, drawn from what `random` gives: mostly a single byte, now and then more of it. */
export function damage(sound: Uint8Array, random: () => number): {bytes: Uint8Array; what: string} {
  const below = (bound: number) => Math.floor(random() * bound);
  const bytes = Uint8Array.from(sound);
  const pages = bytes.length / PAGE;
  const kind = below(20);
  if (kind === 0) {
    // Half of a page is of another time.
    const page = below(pages);
    const from = page * PAGE + SECTOR * below(PAGE / SECTOR);
    const other = below(pages) * PAGE;
    bytes.copyWithin(from, other, other + (page + 1) * PAGE - from);
    return {bytes, what: `page ${page} torn at ${from % PAGE}, the rest from page ${other / PAGE}`};
  }
  if (kind === 1) {
    const length = below(bytes.length);
    return {bytes: bytes.subarray(0, length), what: `cut off at ${length}`};
  }
  if (kind === 2) {
    const page = below(pages);
    bytes.fill(0, page * PAGE, (page + 1) * PAGE);
    return {bytes, what: `page ${page} zeroed`};
  }
  const at = below(bytes.length);
  const difference = 1 + below(255);
  bytes[at]! ^= difference;
  return {bytes, what: `byte ${at % PAGE} of page ${Math.floor(at / PAGE)} by ${difference}`};
}
