import {homedir} from "node:os";
import {join, resolve} from "node:path";
import type {Flag, FlagValues} from "./flags/index.ts";

export const BASE_PATH_FLAG: Flag = {
  name: "base-path",
  short: "d",
  group: "Data",
  values: "one",
  placeholder: "PATH",
  docs: "where databases and keys are kept",
  standard: "~/.local/share/khala",
};

/** The folder named, or the user's own data folder. */
export function basePathOf(values: FlagValues): string {
  const given = values.one("base-path");
  if (given !== undefined) return resolve(given);
  const data = process.env.XDG_DATA_HOME ?? join(homedir(), ".local", "share");
  return join(data, "khala");
}
