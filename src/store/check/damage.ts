import {type BinaryString, binaryToHex, bytesToHex} from "#base";
import type {StoredPart} from "#trie";
import {ANY_OWN, NAMES} from "../checked-rows.ts";
import {describeKey} from "../keys.ts";

/** One thing that is not as it was written. */
export type Damage =
  /** It does not fit its checksum. */
  | {readonly code: "row-damaged"; readonly key: BinaryString}
  | {readonly code: "row-missing"; readonly key: BinaryString}
  /** It is as it was once written, and does not fit the rest: of another time. */
  | {readonly code: "row-wrong"; readonly key: BinaryString}
  /** The record or the header of a block is not its own. */
  | {readonly code: "block-wrong"; readonly hash: Uint8Array; readonly number: number}
  /** `block`: the lowest one whose state has it. */
  | {
      readonly code: "part-damaged" | "part-missing";
      readonly part: StoredPart;
      readonly block: {readonly hash: Uint8Array; readonly number: number};
    };

/** Whether it is of a value of the node's own. */
export const isOwnValue = (damage: Damage): boolean =>
  "key" in damage && damage.key[0] === NAMES[0];

/** How a key is called, for its operator. */
function keyName(key: BinaryString): string {
  if (key === NAMES) return "the list of the node's own values";
  if (key === ANY_OWN) {
    return "which values of its own the node had (its votes and who votes among them), which nobody else knows";
  }
  return describeKey(key);
}

export function describeDamage(damage: Damage): string {
  switch (damage.code) {
    case "row-damaged":
      return `${keyName(damage.key)}: does not fit its checksum`;
    case "row-missing":
      return `${keyName(damage.key)}: is missing`;
    case "row-wrong":
      return `${keyName(damage.key)}: does not fit the chain`;
    case "block-wrong":
      return `block ${damage.number}, ${bytesToHex(damage.hash)}: its header is another one`;
    case "part-damaged":
    case "part-missing": {
      const {kind, place, hash, path, nibbles, childKey} = damage.part;
      const at = kind === "value" ? binaryToHex(path) : binaryToHex(path).slice(0, 2 + nibbles);
      const where = childKey === undefined ? "" : ` of the child trie at ${binaryToHex(childKey)}`;
      const what = damage.code === "part-missing" ? "is missing" : "does not fit its hash";
      return `${kind} ${bytesToHex(hash)} at ${at}${where}, place ${place}, in states from block ${damage.block.number} on: ${what}`;
    }
  }
}
