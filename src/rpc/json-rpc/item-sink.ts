/** Where a subscription puts its items. They go out after the reply that carries the subscription's id. */
export interface ItemSink {
  /** What the client knows the subscription by. */
  readonly id: string;
  /** Anything `JSON.stringify` takes, or a `RawJson`. */
  send(item: unknown): void;
  /** Undefined when the client takes more; else it resolves when it does, or is gone. For long series of items. */
  room(): Promise<void> | undefined;
  /** Nothing more will come. */
  end(): void;
}
