import {readdirSync, readFileSync} from "node:fs";
import {basename, join} from "node:path";
import {knownChain} from "./known-specs.ts";

export interface NamedSpec {
  readonly name: string;
  readonly text: string;
}

/** Chain specs of a folder and those in it, as far as they hold any text. */
export function specsIn(folder: string): NamedSpec[] {
  const entries = readdirSync(folder, {withFileTypes: true});
  return entries.flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return specsIn(path);
    if (!entry.name.endsWith(".json")) return [];
    const text = readFileSync(path, "utf8");
    return text.trim() === "" ? [] : [{name: `${basename(folder)}/${entry.name}`, text}];
  });
}

/** The one that npm has, and those in the folder that KHALA_GENUINE names. */
export async function allSpecs(): Promise<readonly NamedSpec[]> {
  const folder = process.env.KHALA_GENUINE;
  const npm = {name: "rococo_v2_2_asset_hub", text: await knownChain("rococo_v2_2_asset_hub")};
  return [npm, ...(folder === undefined ? [] : specsIn(folder))];
}
