import type {Branch, TrieNode} from "./node.ts";

/**
 * Drops from memory whatever the source can give again, deepest first, until at most `target` nodes are left or
 * nothing stored can go. Gives how many are left.
 */
export function shed(top: TrieNode, target: number): number {
  let resident = 1;
  let level: Branch[] = top.kind === "branch" ? [top] : [];
  while (level.length > 0) {
    const below: Branch[] = [];
    let children = 0;
    for (const branch of level) children += countLoaded(branch);
    const keep = resident + children <= target;
    for (const branch of level) resident += keepChildren(branch, keep, below);
    level = below;
  }
  return resident;
}

function countLoaded(branch: Branch): number {
  let count = 0;
  if (branch.loaded !== undefined) for (const child of branch.loaded) if (child) count++;
  return count;
}

function keepChildren(branch: Branch, keep: boolean, below: Branch[]): number {
  const {loaded} = branch;
  if (loaded === undefined) return 0;
  let kept = 0;
  for (let n = 0; n < 16; n++) {
    const child = loaded[n];
    if (child === undefined) continue;
    if (!keep && isReloadable(branch, n)) {
      loaded[n] = undefined;
      continue;
    }
    kept++;
    if (child.kind === "branch") below.push(child);
  }
  if (kept === 0) branch.loaded = undefined;
  return kept;
}

/** A child whose place, or in a small child's stead whose encoding, the branch has. */
function isReloadable(branch: Branch, nibble: number): boolean {
  const bit = 1 << nibble;
  return (branch.clean & bit) !== 0 && (branch.fresh & bit) === 0;
}
