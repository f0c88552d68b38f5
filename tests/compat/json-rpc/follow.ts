import type {Items, RawClient} from "../support/raw-client.ts";

/** An event of `chainHead_v1_follow`; which fields it has follows from its name. */
export interface FollowEvent {
  readonly event: string;
  readonly finalizedBlockHashes?: readonly string[];
  readonly prunedBlockHashes?: readonly string[];
  readonly finalizedBlockRuntime?: {type: string; spec: Record<string, unknown>};
  readonly blockHash?: string;
  readonly parentBlockHash?: string;
  readonly bestBlockHash?: string;
  readonly newRuntime?: unknown;
  readonly operationId?: string;
  readonly output?: string;
  readonly value?: readonly string[];
  readonly items?: readonly {key: string; value?: string; hash?: string}[];
  readonly error?: string;
}

interface Started {
  readonly result: "started" | "limitReached";
  readonly operationId: string;
  readonly discardedItems?: number;
}

export interface Follow {
  readonly id: string;
  readonly events: Items<FollowEvent>;
  initialized(): Promise<FollowEvent>;
  /** Starts an operation; answers the reply. */
  start(method: string, ...params: readonly unknown[]): Promise<Started>;
  /** Starts one and waits for what it ends with. */
  run(method: string, ...params: readonly unknown[]): Promise<FollowEvent>;
  /** The items of a storage operation. */
  storage(
    hash: string,
    items: readonly {key: string; type: string}[],
  ): Promise<FollowEvent["items"]>;
}

const LAST = /^operation(BodyDone|CallDone|StorageDone|Inaccessible|Error)$/;

export async function follow(client: RawClient, withRuntime = true): Promise<Follow> {
  const {id, items: events} = await client.subscribe<FollowEvent>(
    "chainHead_v1_follow",
    withRuntime,
  );
  const start = (method: string, ...params: readonly unknown[]) =>
    client.call<Started>(`chainHead_v1_${method}`, id, ...params);
  const end = (operationId: string) =>
    events.find(
      `the end of operation ${operationId}`,
      event => event.operationId === operationId && LAST.test(event.event),
    );
  return {
    id,
    events,
    start,
    initialized: () => events.find("initialized", ({event}) => event === "initialized"),
    run: async (method, ...params) => end((await start(method, ...params)).operationId),
    async storage(hash, items) {
      const {operationId} = await start("storage", hash, items, null);
      await end(operationId);
      return events.all
        .filter(event => event.operationId === operationId)
        .flatMap(event => event.items ?? []);
    },
  };
}
