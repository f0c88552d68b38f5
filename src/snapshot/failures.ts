import type {Report} from "#base";

/** A snapshot that is not what it should be: a file is not there, is damaged, or is of another state. */
export function badSnapshot(
  folder: string,
  what: string,
  facts: readonly (readonly [string, string])[] = [],
): Report {
  return {
    code: "snapshot-damaged",
    what,
    facts: [["snapshot", folder], ...facts],
    did: "took nothing of that",
    todo: "get that file again, or export the snapshot anew; khala snapshot verify says which files are good",
  };
}
