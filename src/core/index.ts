/**
 * A node without its surroundings: no files, no RPC, no libp2p, any clock. It holds a chain, makes and imports blocks, keeps
 * transactions, talks to peers over whatever transport it is handed, and lets blocks become final. What a simulation runs a
 * thousand of, and what a process puts its files and servers around (`node`).
 *
 * It knows no runtime. Three ports say what differs from chain to chain: `Runtimes` (which program a state runs),
 * `Finality` (what makes blocks final) and `Inherents` (what blocks are given from outside). `assembleCore` is the table of
 * contents.
 *
 * Out of scope: what a runtime's state means (`description`, `desk`), where things are kept (`store`, `keystore`), and
 * choosing any of the three ports (`node`).
 */
export {assembleCore} from "./assemble-core.ts";
export * from "./author/index.ts";
export * from "./chain/index.ts";
export * from "./clock/index.ts";
export * from "./equivocations/index.ts";
export {fatalReport} from "./fatal-report.ts";
export * from "./finality/index.ts";
export * from "./inherents/index.ts";
export type {Membership, NetworkSettings} from "./join-network.ts";
export type {CoreDependencies, CoreSettings, NodeCore} from "./node-core.ts";
export {type ElsewhereAsked, type ValidatesElsewhere, WatchedLine} from "./pool/index.ts";
export {Pruner} from "./pruning/index.ts";
export * from "./replay/index.ts";
export * from "./runtimes/index.ts";
export {StateLeases} from "./serve/index.ts";
export * from "./signatures/index.ts";
export * from "./snapshot/index.ts";
export {StateUnreadable} from "./state-unreadable.ts";
export * from "./sync/index.ts";
export * from "./time/index.ts";
