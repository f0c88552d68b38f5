import type {BinaryString} from "#base";
import type {KeyRange} from "./key-value-store.ts";

/**
 * Kinds of keys that rise from block to block, each in a tree of its own within the file. LMDB splits a full page in the middle, unless
 * the new row is the last of its tree: with rows of other kinds behind it, a row that is the highest of its kind leaves half a page
 * empty each time, for ever. What rises and has no tree here, the nodes of states, is the end of the main one: behind it stand only
 * rows of layout 1.
 */
export const OWN_TREES = ["c", "h", "w"] as const;

export type OwnTree = (typeof OWN_TREES)[number];

/** What names of trees begin with: before all keys of rows, so that it is not behind the nodes of states. */
export const MARK = "!";

/** The name of a tree, by which LMDB keeps it in the main one. */
export const nameOfTree = (kind: OwnTree): string => MARK + kind;

/** The key of the entry that a tree has in the main one: LMDB takes the name with the zero that ends it. */
export const entryOfTree = (kind: OwnTree): BinaryString => `${nameOfTree(kind)}\x00`;

export const isEntryOfTree = (key: BinaryString): boolean =>
  key[0] === MARK && OWN_TREES.some(kind => key === entryOfTree(kind));

export const ownTreeOf = (key: BinaryString): OwnTree | undefined =>
  OWN_TREES.find(kind => key[0] === kind);

/** The first key behind those of a kind. */
export const behind = (kind: OwnTree): BinaryString => String.fromCharCode(kind.charCodeAt(0) + 1);

export interface Segment {
  /** Undefined: the main one. */
  readonly tree: OwnTree | undefined;
  readonly range: KeyRange;
}

/** The parts of a range, in order, each of which is in one tree. */
export function* segmentsOf({from, to}: KeyRange): Generator<Segment> {
  let start = from;
  const isOpen = () => to === undefined || start < to;
  for (const tree of OWN_TREES) {
    const end = behind(tree);
    if (start >= end) continue;
    for (const [kind, until] of [
      [undefined, tree],
      [tree, end],
    ] as const) {
      if (start < until && isOpen()) yield {tree: kind, range: {from: start, to: lower(until, to)}};
      if (start < until) start = until;
    }
  }
  if (isOpen())
    yield {tree: undefined, range: to === undefined ? {from: start} : {from: start, to}};
}

const lower = (a: BinaryString, b: BinaryString | undefined): BinaryString =>
  b !== undefined && b < a ? b : a;
