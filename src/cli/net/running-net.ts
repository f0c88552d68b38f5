import type {PlannedNode} from "./planned-node.ts";

/** One node that answers. */
export interface NetNode extends PlannedNode {
  /** `ws://127.0.0.1:9944` */
  readonly url: string;
}

/** A network that runs, in this process or in several. */
export interface RunningNet {
  readonly nodes: readonly NetNode[];
  /** Ends all nodes; what was to be thrown away is gone. */
  stop(): Promise<void>;
}

/** Where a net's news goes: lines for people, and word of what it cannot go on after. */
export interface NetOutput {
  line(text: string): void;
  broken(text: string): void;
}
