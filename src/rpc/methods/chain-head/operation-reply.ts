import {err, ok} from "#base";
import type {Hash} from "#primitives";
import {BLOCK_NOT_PINNED, type Follow, type Operation} from "../../chain-head/index.ts";
import type {RpcContext} from "../../context/rpc-context.ts";
import {type Outcome, ReplyThen} from "../../declare/index.ts";

/** Also what a follow that is over, or was never there, answers (spec/rpc §2). */
const LIMIT_REACHED = {result: "limitReached"};

export interface OperationRequest {
  readonly follow: string;
  readonly hash: Hash;
  /** How many operations it counts as. */
  readonly wanted: number;
  /** What the reply says beside the operation's id. */
  reply?(operation: Operation): Readonly<Record<string, unknown>>;
  /** Why it cannot be asked of this follow. */
  refuse?(follow: Follow): Outcome | undefined;
  run(operation: Operation): void;
}

/** Begins an operation on a pinned block: its events come after the reply that names it. */
export function beginOperation(
  {connection}: RpcContext,
  {follow: id, hash, wanted, reply, refuse, run}: OperationRequest,
): Outcome {
  const follow = connection?.follows.get(id);
  if (follow === undefined) return ok(LIMIT_REACHED);
  const refused = refuse?.(follow);
  if (refused !== undefined) return refused;
  if (!follow.isPinned(hash)) return err(BLOCK_NOT_PINNED);
  const operation = follow.operations.begin(wanted);
  if (operation === undefined) return ok(LIMIT_REACHED);
  const started = {result: "started", operationId: operation.id, ...reply?.(operation)};
  return ok(new ReplyThen(started, () => run(operation)));
}
