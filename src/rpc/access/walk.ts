import {err} from "#base";
import type {Outcome} from "../declare/index.ts";
import type {Turn} from "../dispatch/turn.ts";
import {INTERNAL_ERROR} from "../json-rpc/rpc-error.ts";
import type {RpcContext} from "../rpc-context.ts";

/**
 * Gathers an answer from much of a state. It may come to megabytes, so one is gathered at a time: of each client, and
 * then of all, which is why a client with many under way holds up nobody but itself. Nothing is gathered for who left.
 */
export function walk(
  {connection, walks, turn}: RpcContext,
  gather: (turn: Turn) => Promise<Outcome>,
): Promise<Outcome> {
  const inLine = () =>
    walks.run(async () => (connection?.isClosed ? err(INTERNAL_ERROR) : gather(turn())));
  return connection === undefined ? inLine() : connection.walks.run(inLine);
}
