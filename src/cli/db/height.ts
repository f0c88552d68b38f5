/** The height that a word names; undefined for what is none. */
export function heightOf(word: string): number | undefined {
  const height = /^\d{1,10}$/.test(word) ? Number(word) : Number.NaN;
  return height <= 0xffff_ffff ? height : undefined;
}
