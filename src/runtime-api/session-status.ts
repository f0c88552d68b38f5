import type {Result} from "#base";
import {err} from "#base";
import {decode, struct, u32, type ValueOf, vec} from "#codec";
import {accountId} from "#primitives";
import type {ApiFailure} from "./calls.ts";
import type {Runtime, RuntimeHost} from "./runtime.ts";

/** Where the current session stands, as of the block that is asked. */
export const sessionStatus = struct(
  {
    /** Index of the session. */
    index: u32,
    /** Blocks per session. */
    period: u32,
    /** The block at whose start the next session begins. */
    nextRotation: u32,
    /** How far the session has come, in parts per million. */
    progress: u32,
    /** Active now, in the order of their turns. */
    validators: vec(accountId),
    /** Active from the next rotation on. */
    queued: vec(accountId),
  },
  {path: "khala_runtime::apis::SessionStatus"},
);
export type SessionStatus = ValueOf<typeof sessionStatus>;

/** `CollatorApi_session_status`. */
export function askSessionStatus(
  runtime: Runtime,
  host: RuntimeHost,
): Result<SessionStatus, ApiFailure> {
  const name = "CollatorApi_session_status";
  const answer = runtime.call(name, new Uint8Array(0), host);
  if (!answer.ok) return answer;
  const decoded = decode(sessionStatus, answer.value);
  return decoded.ok ? decoded : err({code: "answer-invalid", name, reason: decoded.error});
}
