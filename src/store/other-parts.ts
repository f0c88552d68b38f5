import type {BinaryString} from "#base";
import {DEFAULT_CHILD_PREFIX} from "#primitives";
import {isOnWayTo, type Link, type Place, type StoredPart} from "#trie";
import type {BlockRecord} from "./block-record.ts";
import type {BlockStore} from "./block-store.ts";
import {StoreFault} from "./failures.ts";
import {NO_STATE, type StateStore} from "./state-store.ts";

export interface OtherPartsSource {
  readonly states: Pick<StateStore, "parts">;
  readonly blocks: Pick<BlockStore, "canonical" | "record">;
  readonly hasState: (record: BlockRecord) => boolean;
}

/** A part of a state that another one may have as well. */
export interface OtherPart {
  readonly block: BlockRecord;
  readonly part: StoredPart;
}

/** The parts of the child tries of a state. */
export function* childParts(
  {states}: Pick<OtherPartsSource, "states">,
  block: BlockRecord,
): Generator<OtherPart> {
  const {stateRoot: root, statePlace: place} = block;
  const isPassed = (link: Link) => link.childKey === undefined && !leadsToChild(link);
  for (const part of states.parts({root, place}, isPassed)) {
    if (part.childKey !== undefined) yield {block, part};
  }
}

/** Whether a child trie's root may stand at or below a node of the top trie. */
function leadsToChild(link: Link): boolean {
  const {kind, path, nibbles} = link;
  if (kind === "value") return false;
  if (nibbles >= 2 * DEFAULT_CHILD_PREFIX.length) return path.startsWith(DEFAULT_CHILD_PREFIX);
  return isOnWayTo(link, DEFAULT_CHILD_PREFIX);
}

/**
 * The parts that the state of a block of the best chain has and that of its parent had not; all where the parent came without one.
 * What the lowest kept state took over from those that were pruned is not among them.
 */
export function* addedParts(
  {states}: Pick<OtherPartsSource, "states">,
  block: BlockRecord,
  parent: BlockRecord | undefined,
): Generator<OtherPart> {
  const {stateRoot: root, statePlace: place} = block;
  // Places rise: what was there before this block's state was made has no higher one than its parent's.
  const since: Place = parent?.statePlace ?? NO_STATE;
  for (const part of states.parts({root, place}, link => link.place <= since)) yield {block, part};
}

/** The next block of the best chain, from a height on up to another, whose state is kept. */
export function nextWithState(
  {blocks, hasState}: Pick<OtherPartsSource, "blocks" | "hasState">,
  from: number,
  upTo: number,
): BlockRecord | undefined {
  for (let number = from; number <= upTo; number++) {
    try {
      const hash = blocks.canonical(number);
      const record = hash && blocks.record(hash);
      if (record !== undefined && hasState(record)) return record;
    } catch (error) {
      // Rows are looked at by themselves.
      if (!(error instanceof StoreFault)) throw error;
    }
  }
  return undefined;
}

/** Some key on the way to which a part stands; it need not be there. */
export const keyOnWay = ({kind, path, nibbles}: StoredPart): BinaryString =>
  kind === "value" ? path : path.slice(0, Math.ceil(nibbles / 2));
