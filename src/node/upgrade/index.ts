/**
 * A chain's upgrade carried out on a node of one's own, as the live chain goes about it, with what each block came to and what became
 * of the state: for the command that rehearses one, and for tests of whoever writes a runtime.
 *
 * Out of scope: which calls those are and what changed (`upgrade`), and words for people (`cli`).
 */
export {MOST_PROOF} from "./block-limits.ts";
export {describeAt, readerAt, versionOf} from "./node-state.ts";
export {type UpgradeBlock, type UpgradeRun, upgradeNode} from "./upgrade-node.ts";
