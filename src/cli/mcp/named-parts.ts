import {nearestName} from "#base";
import {
  type ChainDescription,
  findItem,
  findPallet,
  type PalletDescription,
  type StorageItem,
} from "#description";
import {ToolFault} from "./tool.ts";

/** Characters of a name that is not there. */
const MOST_SHOWN = 80;

/** By its name; a misspelt one is told the nearest that there is. */
export function itemOf(description: ChainDescription, given: unknown): StorageItem {
  const name = String(given);
  const found = findItem(description, name);
  if (found !== undefined) return found;
  const pallet = palletOf(description, name.split(".")[0] ?? "");
  throw notThere(
    "item",
    name,
    pallet.storage.map(one => one.name),
  );
}

/** By its name; a misspelt one is told the nearest that there is. */
export function palletOf(description: ChainDescription, name: string): PalletDescription {
  const found = findPallet(description, name);
  if (found !== undefined) return found;
  throw notThere(
    "pallet",
    name,
    description.pallets.map(one => one.name),
  );
}

export function notThere(what: string, name: string, known: readonly string[]): ToolFault {
  const nearest = nearestName(name.split(".").at(-1) ?? "", known);
  const hint = nearest === undefined ? `there are ${known.join(", ")}` : `did you mean ${nearest}?`;
  return new ToolFault(`there is no ${what} ${name.slice(0, MOST_SHOWN)}: ${hint}`);
}
