import {type BinaryString, binaryToBytes, bytesToBinary} from "#base";
import type {StateEntries} from "#network";
import {type ChildName, childNameOf, childRootKey, type StateStart, type StateView} from "#state";

const TOP = new Uint8Array(0);
const ROOT_LENGTH = 32;

/**
 * Entries from `start` on until they pass `softSize` bytes: those of the top trie first, then those of each child trie
 * whose root is among them, of several with the same root once. The last list is the one to go on from if it is not
 * complete. Undefined where `start` names a child trie that is not there.
 */
export function plainEntries(
  state: StateView,
  start: StateStart,
  softSize: number,
): StateEntries[] | undefined {
  const top = new List(TOP);
  const children: List[] = [];
  const seen = new Set<BinaryString>();
  let size = 0;
  const take = (list: List, trie: Pick<StateView, "nextKey" | "get">, after: BinaryString) => {
    // The empty key is no key of any state.
    for (let key = trie.nextKey(after); key !== undefined; key = trie.nextKey(key)) {
      const value = trie.get(key)!;
      // A list of a child trie without an entry would say nothing of where to go on.
      if (size >= softSize && (list === top || list.entries.length > 0)) return;
      list.add(key, value);
      size += key.length + value.length;
      const child = list === top ? newChild(key, value) : undefined;
      if (child !== undefined && !takeChild(child, value, "")) return;
    }
    list.complete = true;
  };
  const newChild = (key: BinaryString, value: Uint8Array): ChildName | undefined => {
    const isKnown = value.length !== ROOT_LENGTH || seen.has(bytesToBinary(value));
    return isKnown ? undefined : childNameOf(key);
  };
  const takeChild = (name: ChildName, root: Uint8Array, after: BinaryString): boolean => {
    const list = new List(root);
    seen.add(bytesToBinary(root));
    children.push(list);
    take(list, state.child(name), after);
    return list.complete;
  };
  const [from = "", within] = start;
  if (within !== undefined) {
    const name = childNameOf(from);
    const root = name === undefined ? undefined : state.get(childRootKey(name));
    if (name === undefined || root?.length !== ROOT_LENGTH) return undefined;
    if (!takeChild(name, root, within)) return [top, ...children];
  }
  take(top, state, from);
  return [top, ...children];
}

class List implements StateEntries {
  readonly stateRoot: Uint8Array;
  readonly entries: {key: Uint8Array; value: Uint8Array}[] = [];
  complete = false;

  constructor(stateRoot: Uint8Array) {
    this.stateRoot = stateRoot;
  }

  add(key: BinaryString, value: Uint8Array): void {
    this.entries.push({key: binaryToBytes(key), value});
  }
}
