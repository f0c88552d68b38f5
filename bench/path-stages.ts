/** The stages of one transaction's path from the socket to its final block, told by what is on the stack. */
import type {Frame, ThreadProfile} from "./cpu-profile.ts";

export const STAGES = [
  "socket",
  "JSON",
  "decode",
  "signature",
  "validation",
  "pool",
  "block",
  "state root",
  "disk",
  "notification",
  "garbage",
  "rest",
  "idle",
] as const;

export type Stage = (typeof STAGES)[number];

/** A source, by how its path begins, and the function in it where not all of them count. */
type Rule = readonly [stage: Stage, source: string, name?: RegExp];

/** The first rule that holds for a frame counts. What has none, as the runtime and the trie, belongs to who calls it. */
const RULES: readonly Rule[] = [
  ["notification", "src/rpc/dispatch/open-subscription.ts"],
  ["notification", "src/pool/watchers.ts"],
  ["socket", "ws/"],
  ["socket", "node:net"],
  ["socket", "node:internal/stream"],
  ["socket", "src/rpc/server/"],
  ["socket", "src/rpc/budgets/"],
  ["JSON", "src/rpc/"],
  ["decode", "src/runtime/api/decode-or-trap.ts"],
  ["decode", "src/runtime/executive/extrinsic.ts"],
  ["signature", "src/core/signatures/"],
  ["signature", "src/crypto-native/signature-"],
  ["signature", "src/runtime/executive/check.ts"],
  ["validation", "src/core/pool/validate.ts"],
  ["validation", "src/node/validation/"],
  // The watch over many calls of a foreign runtime.
  ["validation", "src/core/pool/watched-line.ts"],
  ["pool", "src/core/pool/"],
  ["pool", "src/pool/"],
  ["state root", "src/state/overlay.ts", /^#stateNow$|^outcome$/],
  ["disk", "src/store/"],
  ["disk", "lmdb/"],
  ["disk", "src/core/chain/blockchain.ts", /^#write|^append$/],
  ["notification", "src/core/chain/chain-events.ts"],
  ["notification", "src/core/finality/"],
  ["notification", "src/core/gossip/"],
  ["notification", "src/desk/"],
  ["block", "src/core/"],
];

/** What V8 calls the stack where no JavaScript runs. */
const OWN_NAMES = new Map<string, Stage>([
  ["(idle)", "idle"],
  ["(garbage collector)", "garbage"],
]);

/** The stage of the innermost frame that has one. */
export function stageOf(frames: readonly Frame[]): Stage {
  for (const {name, source} of frames) {
    const own = OWN_NAMES.get(name);
    if (own !== undefined) return own;
    const rule = RULES.find(
      ([, path, named]) => source.startsWith(path) && (named === undefined || named.test(name)),
    );
    if (rule !== undefined) return rule[0];
  }
  return "rest";
}

/** Microseconds by stage. */
export function byStage({stacks}: ThreadProfile): Map<Stage, number> {
  const sums = new Map<Stage, number>();
  for (const {frames, micros} of stacks) {
    const stage = stageOf(frames);
    sums.set(stage, (sums.get(stage) ?? 0) + micros);
  }
  return sums;
}
