/** How many of the items there are by what `keyOf` says of each. */
export function countBy<T>(
  items: Iterable<T>,
  keyOf: (item: T) => string,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

/** The first of the items whose rank is highest; ranks of one length compare by their first number that differs. */
export function highestBy<T>(
  items: Iterable<T>,
  rankOf: (item: T) => readonly number[],
): T | undefined {
  let highest: {readonly item: T; readonly rank: readonly number[]} | undefined;
  for (const item of items) {
    const rank = rankOf(item);
    if (highest === undefined || isHigher(rank, highest.rank)) highest = {item, rank};
  }
  return highest?.item;
}

function isHigher(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && a[at]! > b[at]!;
}
