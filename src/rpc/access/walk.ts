import {err, type OneAtATime, type Result} from "#base";
import type {Turn} from "../budgets/turn.ts";
import {INTERNAL_ERROR, type RpcError} from "../json-rpc/rpc-error.ts";

/** Who asks, and in which line it waits. */
export interface Walker {
  /** What the client has open; undefined where nothing but the reply can be sent. */
  readonly connection?: {
    readonly isClosed: boolean;
    readonly walks: OneAtATime;
    room(): Promise<void> | undefined;
  };
  /** Answers being gathered, of all clients. */
  readonly walks: OneAtATime;
  turn(): Turn;
}

/**
 * Gathers an answer from much of a state. It may come to megabytes, so one is gathered at a time: of each client, and
 * then of all, which is why a client with many under way holds up nobody but itself. Nothing is gathered for who left, and
 * for who does not read only when it does. `release` is called at the end, however it comes.
 */
export function walk<T>(
  {connection, walks, turn}: Walker,
  gather: (turn: Turn) => Promise<Result<T, RpcError>>,
  release: () => void = () => {},
): Promise<Result<T, RpcError>> {
  const inLine = () =>
    walks.run(async () => (connection?.isClosed ? err(INTERNAL_ERROR) : gather(turn())));
  if (connection === undefined) return inLine().finally(release);
  return connection.walks
    .run(async () => {
      await connection.room();
      return inLine();
    })
    .finally(release);
}
