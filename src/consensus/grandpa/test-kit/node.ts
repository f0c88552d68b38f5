import type {Millis} from "#base";
import type {Action, EquivocationProof, FinalizeAction, GrandpaVoter} from "../index.ts";
import {TestChain} from "./chain.ts";
import {createSignatures} from "./crypto.ts";
import {TestGuard} from "./guard.ts";

export interface NetworkOptions {
  readonly seed: number;
  /** One authority each, key `key(i)`; fewer than nodes: the rest watch. */
  readonly voters: number;
  readonly nodes?: number;
  readonly gossipPeriod?: number;
  readonly slot?: number;
  /** Longest way of a message, in milliseconds; each takes a random part of it, and none overtakes. */
  readonly delay?: number;
  /** Share of grandpa messages that vanish. */
  readonly loss?: number;
  /** Share of own votes after whose promise the power goes, before anything else of them is on the disk. */
  readonly crashes?: number;
  /** How often a slot has two builders. */
  readonly forks?: number;
  /** Roles by node; 4 (authority) unless said otherwise. */
  readonly roles?: readonly number[];
  /** Which pairs are connected; all by default. */
  readonly linked?: (a: number, b: number) => boolean;
}

/** One machine with its disk: what is persisted survives `restart`. */
export class TestNode {
  readonly index: number;
  readonly chain = new TestChain();
  readonly signatures = createSignatures();
  readonly finalizations: FinalizeAction[] = [];
  readonly equivocations: EquivocationProof[] = [];
  readonly reports: (Action & {type: "report"})[] = [];
  readonly events: string[] = [];
  readonly setChanges: number[] = [];
  voter!: GrandpaVoter;
  disk: {votes: Uint8Array | undefined; set: Uint8Array} = {
    votes: undefined,
    set: new Uint8Array(0),
  };
  /** What its key has promised: on the disk before there is a signature, and so before `votes`. */
  readonly guard = new TestGuard();
  online = true;
  wakeAt: Millis | undefined;
  constructor(index: number) {
    this.index = index;
  }
}
