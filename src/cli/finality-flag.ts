import type {Flag} from "./flags/index.ts";

/** Of commands that have to know what makes blocks of a chain final. */
export const FINALITY_FLAG: Flag = {
  name: "finality",
  group: "Authoring",
  values: "one",
  placeholder: "runtime|at-once|KEY,…",
  docs: "what makes blocks final: voters that the runtime names (runtime), each block at once (at-once), or the ed25519 keys of a committee, the same on all nodes of the chain",
  standard: "runtime",
};
