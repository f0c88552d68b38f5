import type {Clock} from "#base";
import type {NetNodeSaid, NetNodeState, NetQuestions} from "#rpc";
import type {StatusJson} from "../desk/status-json.ts";
import {RpcClient} from "../rpc-client.ts";
import type {NetNode} from "./running-net.ts";

/** Milliseconds for which an answer is good: each open page asks for all nodes. */
const FRESH = 1_000;
/** Who does not answer within this is shown as gone: it may be stopped, and its connection open. */
const PATIENCE = 2_000;

interface Row {
  readonly node: NetNode;
  client: RpcClient | undefined;
  /** A question that is under way: one that hangs is not asked on top of itself. */
  asking: Promise<StatusJson | undefined> | undefined;
  said: NetNodeSaid | undefined;
  heardAt: number | undefined;
  goneSince: number | undefined;
  hasEnded: boolean;
}

/** Asks the nodes of a network how they are, when somebody wants to know. */
export class NetBoard implements NetQuestions {
  readonly #nodes: () => readonly NetNode[];
  readonly #clock: Pick<Clock, "now">;
  readonly #rows = new Map<string, Row>();
  #last: {readonly at: number; readonly nodes: Promise<readonly NetNodeState[]>} | undefined;
  #isClosed = false;

  /** `nodes`: those that are up; called whenever they are asked. */
  constructor(nodes: () => readonly NetNode[], clock: Pick<Clock, "now">) {
    this.#nodes = nodes;
    this.#clock = clock;
  }

  nodes(): Promise<readonly NetNodeState[]> {
    const now = this.#clock.now();
    if (this.#last === undefined || now - this.#last.at >= FRESH) {
      this.#last = {at: now, nodes: Promise.all(this.#nodes().map(node => this.#ask(node)))};
    }
    return this.#last.nodes;
  }

  /** The process of a node is over. */
  ended(name: string): void {
    for (const row of this.#rows.values()) if (row.node.name === name) this.#end(row);
    if (!this.#rows.has(name)) this.#endedEarly.set(name, this.#clock.now());
  }

  close(): void {
    this.#isClosed = true;
    for (const {client} of this.#rows.values()) client?.close();
  }

  /** Of nodes that nobody asked after before. */
  readonly #endedEarly = new Map<string, number>();

  #end(row: Row): void {
    row.hasEnded = true;
    row.goneSince ??= this.#clock.now();
  }

  #rowOf(node: NetNode): Row {
    const known = this.#rows.get(node.name);
    if (known !== undefined) return known;
    const goneSince = this.#endedEarly.get(node.name);
    const row: Row = {
      node,
      client: undefined,
      asking: undefined,
      said: undefined,
      heardAt: undefined,
      goneSince,
      hasEnded: goneSince !== undefined,
    };
    this.#rows.set(node.name, row);
    return row;
  }

  async #ask(node: NetNode): Promise<NetNodeState> {
    const row = this.#rowOf(node);
    if (!row.hasEnded) {
      row.asking ??= this.#status(row).finally(() => {
        row.asking = undefined;
      });
      const status = await within(PATIENCE, row.asking);
      if (status !== undefined) {
        row.said = saidOf(status);
        row.heardAt = this.#clock.now();
        row.goneSince = undefined;
      } else row.goneSince ??= row.heardAt ?? this.#clock.now();
    }
    const {name, url, address, role} = node;
    const {said, goneSince, hasEnded} = row;
    return {name, url, address, role, said, goneSince, hasEnded};
  }

  /** Undefined: it is not reached. */
  async #status(row: Row): Promise<StatusJson | undefined> {
    try {
      if (row.client === undefined) {
        const client = await RpcClient.connect(row.node.url, () => {
          row.client = undefined;
          row.goneSince ??= this.#clock.now();
        });
        row.client = client;
        // Who closes the board while somebody connects would leave that connection open.
        if (this.#isClosed) client.close();
      }
      return (await row.client!.ask("collator_status", [])) as StatusJson;
    } catch {
      return undefined;
    }
  }
}

const saidOf = ({head, verdict, production}: StatusJson): NetNodeSaid => ({
  best: head.best,
  finalized: head.finalized,
  peers: head.peers,
  verdict: {code: verdict.code, level: verdict.level, sentence: verdict.sentence},
  made: production.made,
  turns: production.turns,
});

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
