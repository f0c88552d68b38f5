import type {BinaryString} from "#base";
import {hashOfKey} from "./keys.ts";
import type {StateRef} from "./state-store.ts";

/** What got lost of a database that this program can put back while it runs. */
export type Lost =
  /** Something on the way to `key` in the state after a block, which others may have; `childKey`: in the child trie whose root stands there. */
  | {
      readonly kind: "part";
      readonly block: Uint8Array;
      readonly number: number;
      readonly state: StateRef;
      readonly key: BinaryString;
      readonly childKey?: BinaryString | undefined;
      /** Whether it is looked at with the child tries of the newest state, or with an earlier one; undefined: with its entries. */
      readonly of?: "children" | "earlier";
    }
  /** What others may have of a block: its body, its header, a proof of its finality. */
  | {readonly kind: "body" | "record" | "proof"; readonly block: Uint8Array}
  /** A row that follows from what else is here. */
  | {readonly kind: "derived"; readonly key: BinaryString};

export interface ScrubDamage {
  /** For people to read. */
  readonly words: string;
  /** Undefined where only a check of the whole database can mend it. */
  readonly lost: Lost | undefined;
}

const OF_BLOCKS = {e: "body", b: "record", j: "proof"} as const;

/** First bytes of the keys of rows that follow from others. */
const DERIVED = "chnfg";

/** What is lost where a row is damaged; undefined where nobody else has it, as the node's own values. */
export function lostRow(key: BinaryString): Lost | undefined {
  const kind = key[0] as keyof typeof OF_BLOCKS;
  if (kind in OF_BLOCKS) return {kind: OF_BLOCKS[kind], block: hashOfKey(key)};
  return DERIVED.includes(kind) ? {kind: "derived", key} : undefined;
}
