/**
 * A transaction may be valid, run, and leave a state on which the block cannot be completed: root that clears the
 * timestamp in the middle of a block, say. In the pool it would spoil each block that is built.
 *
 * Finds the first one of `included` with which a block cannot be completed, by building shorter ones: for a block of n
 * transactions about log2(n) of them. Undefined where not even an empty block can be.
 */
export async function findSpoiler<T>(
  included: readonly T[],
  canComplete: (transactions: readonly T[]) => Promise<boolean>,
): Promise<T | undefined> {
  if (!(await canComplete([]))) return undefined;
  let whole = 0;
  let spoilt = included.length;
  while (spoilt - whole > 1) {
    const middle = (whole + spoilt) >> 1;
    if (await canComplete(included.slice(0, middle))) whole = middle;
    else spoilt = middle;
  }
  return included[spoilt - 1];
}
