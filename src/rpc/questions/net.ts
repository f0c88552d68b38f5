/** One node of a network on this machine (`khala net`), as it said when it was last heard. */
export interface NetNodeState {
  readonly name: string;
  /** `ws://127.0.0.1:9944` */
  readonly url: string;
  readonly address: string;
  readonly role: "invulnerable" | "candidate";
  /** Undefined: it was not heard yet. */
  readonly said: NetNodeSaid | undefined;
  /** Since when nothing is heard of it, Unix time in milliseconds; undefined while it answers. */
  readonly goneSince: number | undefined;
  /** Whether its process is known to have ended. */
  readonly hasEnded: boolean;
}

export interface NetNodeSaid {
  readonly best: number;
  readonly finalized: number;
  readonly peers: number;
  readonly verdict: {
    readonly code: string;
    readonly level: "good" | "waiting" | "bad";
    readonly sentence: string;
  };
  /** Blocks that it made of its slots in this session; null: unknown. */
  readonly made: number | null;
  readonly turns: number | null;
}

/** What a node of a network on one machine is told of all nodes of it, itself included, by whoever started them. */
export interface NetQuestions {
  /** In the order in which they were planned; undefined: nobody answers. */
  nodes(): Promise<readonly NetNodeState[] | undefined>;
}
