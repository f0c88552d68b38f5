import type {ItemSink} from "../json-rpc/item-sink.ts";

/**
 * Operations of one follow at once, each item of a storage query counting as one. The specification asks for 16, which
 * is what Substrate grants; an app that asks for the balances of a page of accounts gets them in one go here.
 */
const MAX_OPERATIONS = 64;

/** An operation that runs: its events stop coming once it is stopped. */
export interface Operation {
  readonly id: string;
  /** How much of what was asked for it may do. */
  readonly granted: number;
  readonly isStopped: boolean;
  send(event: Readonly<Record<string, unknown>>): void;
  /** As `ItemSink.room`. */
  room(): Promise<void> | undefined;
  /** With its last event. */
  finish(event: Readonly<Record<string, unknown>>): void;
}

/** The operations of one follow, and how many there may be. */
export class Operations {
  readonly #sink: ItemSink;
  readonly #running = new Map<string, Operation>();
  #inUse = 0;
  #nextId = 0;

  constructor(sink: ItemSink) {
    this.#sink = sink;
  }

  isRunning(id: string): boolean {
    return this.#running.has(id);
  }

  /** Undefined at the limit. Of `wanted` as many are granted as there is room for. */
  begin(wanted: number): Operation | undefined {
    const granted = Math.min(wanted, MAX_OPERATIONS - this.#inUse);
    if (granted <= 0) return undefined;
    this.#inUse += granted;
    const id = String(this.#nextId++);
    const sink = this.#sink;
    const isRunning = () => this.#running.has(id);
    const send = (event: Readonly<Record<string, unknown>>) => {
      if (isRunning()) sink.send(event);
    };
    const operation: Operation = {
      id,
      granted,
      get isStopped() {
        return !isRunning();
      },
      send,
      room: () => sink.room(),
      finish: event => {
        send(event);
        this.stop(id);
      },
    };
    this.#running.set(id, operation);
    return operation;
  }

  /** Nothing more is heard of it. */
  stop(id: string): void {
    const operation = this.#running.get(id);
    if (operation === undefined) return;
    this.#running.delete(id);
    this.#inUse -= operation.granted;
  }

  stopAll(): void {
    for (const id of [...this.#running.keys()]) this.stop(id);
  }
}
