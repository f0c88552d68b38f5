import {type BinaryString, bytesToBinary, equalBytes, err, ok, type Result} from "#base";
import type {HashFunction} from "./hash-function.ts";
import {isChildRoot} from "./is-child-root.ts";
import type {StateStart} from "./prove-state-range.ts";
import {type ProvedRange, type RangeProofFailure, readOneTrie} from "./read-range-proof.ts";

/** What a proof of part of a state was found to hold. */
export interface ProvedStateRange extends Pick<ProvedRange, "nodes" | "values"> {
  /** Entries after the start, those of child tries too. */
  readonly entries: number;
  /** Where to go on from. */
  readonly next: StateStart;
  readonly isComplete: boolean;
}

/**
 * Reads a proof as `proveStateRange` makes it and checks it against the root of the state: all that it holds is then part
 * of that state, and between `start` and `next` nothing is left out. The items may come from anyone.
 */
export function readStateRange(
  hash: HashFunction,
  root: Uint8Array,
  items: readonly Uint8Array[],
  start: StateStart,
): Result<ProvedStateRange, RangeProofFailure> {
  const [from, within] = start;
  const read = readOneTrie(hash, items, from);
  if (!read.ok) return read;
  const top = read.value;
  if (!equalBytes(top.root, root)) return err({code: "wrong-root", found: top.root});
  const range = {nodes: new Map(top.nodes), values: new Map(top.values)};
  const seen = new Set<BinaryString>();
  let {end} = top;
  let {entries} = top;
  let next: StateStart = top.last === undefined ? (from === undefined ? [] : [from]) : [top.last];
  let isComplete = top.isComplete;
  for (const [key, value] of top.short) {
    const isStart = key === from;
    if (!isChildRoot(key, value) || (isStart && within === undefined)) continue;
    if (seen.has(bytesToBinary(value))) continue;
    seen.add(bytesToBinary(value));
    const after = isStart ? within : undefined;
    const child = readOneTrie(hash, items, after, end);
    if (!child.ok) return child;
    if (!equalBytes(child.value.root, value)) {
      return err({code: "wrong-root", found: child.value.root});
    }
    for (const [name, node] of child.value.nodes) range.nodes.set(name, node);
    for (const [name, bytes] of child.value.values) range.values.set(name, bytes);
    end = child.value.end;
    entries += child.value.entries;
    if (child.value.isComplete) continue;
    // What the top trie has beyond it is not gone on from: it comes again.
    const last = child.value.last ?? after;
    if (last === undefined) return err({code: "item-missing"});
    next = [key, last];
    isComplete = false;
    break;
  }
  if (end < items.length) return err({code: "items-left-over"});
  if (within !== undefined && !top.short.some(([key]) => key === from)) {
    return err({code: "item-missing"});
  }
  return ok({...range, entries, next, isComplete});
}
