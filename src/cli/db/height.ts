/** The height that a word names, however far above the best block; undefined for what is none, or too long for a number. */
export function heightOf(word: string): number | undefined {
  return /^\d{1,15}$/.test(word) ? Number(word) : undefined;
}
