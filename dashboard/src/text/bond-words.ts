/** How places go where each candidate chooses its bond: to the highest ones, and among equal ones to who had it first. */
export interface Bonds {
  /** The least that a candidate has to put up; undefined where it is not known. */
  readonly least: bigint | undefined;
  /** So many candidates author. */
  readonly places: number | undefined;
  /** What the other candidates have; undefined where that is not known of each of them. */
  readonly others: readonly bigint[] | undefined;
}

type Write = (amount: bigint) => string;

/** What a bond has to be above for a place; undefined where any will do, or where it is not known. */
export function priceOf({places, others}: Bonds): bigint | undefined {
  if (places === undefined || others === undefined || places === 0) return undefined;
  return others.toSorted((one, other) => (one < other ? 1 : one > other ? -1 : 0))[places - 1];
}

/** Where a candidate with this bond would stand, from 1 on: behind all who have as much already. */
export const rankOf = (bond: bigint, others: readonly bigint[]): number =>
  1 + others.filter(each => each >= bond).length;

/** What it takes to have a place, in a sentence. */
export function priceText(bonds: Bonds, write: Write): string {
  const {places, others} = bonds;
  if (places === undefined || others === undefined) return "What it takes for a place is unknown.";
  if (places === 0) return "There are no places for candidates now.";
  const taken = places === 1 ? "the one place" : `one of the ${places} places`;
  const price = priceOf(bonds);
  return price === undefined
    ? `Any bond has ${taken} now.`
    : `It takes more than ${write(price)} for ${taken}.`;
}

/** What such a bond would come to, in a sentence; undefined where it is not known. */
export function rankText(bond: bigint, {places, others}: Bonds): string | undefined {
  if (places === undefined || others === undefined) return undefined;
  const rank = rankOf(bond, others);
  const isOut = rank > places;
  return `With that it would be number ${rank} of ${others.length + 1}, ${isOut ? "without" : "with"} a place.`;
}

/** Why nobody can have this bond, or be there with it; undefined where nothing is known against it. */
export function bondHindrance(
  bond: bigint,
  {least, above}: {readonly least: bigint | undefined; readonly above?: bigint | undefined},
  write: Write,
): string | undefined {
  if (least !== undefined && bond < least) return `below the least, which is ${write(least)}`;
  if (above !== undefined && bond <= above) return `it takes more than the ${write(above)} there`;
  return undefined;
}
