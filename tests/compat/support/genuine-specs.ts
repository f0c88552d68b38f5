import {existsSync} from "node:fs";
import {join} from "node:path";

/** Files of two genuine runtimes, of 2023 and of 2024, where KHALA_GENUINE names a folder that has them. */
export function genuineSpecs(): readonly string[] {
  const folder = process.env.KHALA_GENUINE;
  if (folder === undefined) return [];
  return ["rhala.json", "people-polkadot-1002006.json"]
    .map(file => join(folder, file))
    .filter(existsSync);
}

/** Four collators, ten times as fast as real time and more. */
export const rehearsalOf = (file: string): readonly string[] => [
  "4",
  `--chain=${file}`,
  "--rate=24",
];
