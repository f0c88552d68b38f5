import {closest, distance} from "fastest-levenshtein";

/** Two letters that have changed places are one slip of the fingers, and count as two changes. */
const isSwapped = (a: string, b: string): boolean =>
  a.length === b.length && [...a].sort().join("") === [...b].sort().join("");

/** The known name that a wrong one is a misspelling of, if it is near any: a wrong guess is worse than none. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const found = closest(name, [...known]);
  const most = Math.min(3, Math.floor((Math.min(name.length, found.length) + 1) / 3));
  const changes = distance(name, found);
  if (changes <= most) return found;
  return known.find(each => isSwapped(each, name) && distance(each, name) <= 2);
}
