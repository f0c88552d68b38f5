import type {Connection, Stream} from "@libp2p/interface";
import {type Clock, err, ok, type Result} from "#base";
import {Deadline} from "../transport/deadline.ts";
import {type StreamFailure, streamFailure} from "../transport/failures.ts";
import {OPEN_TIMEOUT} from "../transport/limits.ts";
import type {NotificationOpening, NotificationSink} from "../transport/notifications.ts";
import type {OutgoingRequest} from "../transport/requests.ts";
import {cut, letGo, reset} from "./closing.ts";
import {streamFailureOf} from "./error-names.ts";
import {type FrameRead, FrameReader} from "./frame-reader.ts";
import {trySend, withLength} from "./frame-writer.ts";
import {StreamSink} from "./stream-sink.ts";

/** What we open on others' nodes. */

export async function openNotification(
  connection: Connection,
  clock: Clock,
  opening: NotificationOpening,
  signal: AbortSignal | undefined,
): Promise<Result<StreamSink & NotificationSink, StreamFailure>> {
  const deadline = new Deadline(clock, OPEN_TIMEOUT, signal);
  try {
    const stream = await openStream(connection, opening.names, deadline);
    if (!stream.ok) return stream;
    stream.value.inactivityTimeout = 0;
    const answer = await exchange(
      connection,
      stream.value,
      opening.handshake,
      opening.maxHandshake,
      deadline,
    );
    if (!answer.ok) return answer;
    return ok(
      new StreamSink({
        clock,
        stream: stream.value,
        connection,
        handshake: answer.value,
        maxMessage: opening.maxMessage,
        overflow: () => cut(connection),
      }),
    );
  } finally {
    deadline.cancel();
  }
}

export async function request(
  connection: Connection,
  clock: Clock,
  {names, request, maxResponse, timeout}: OutgoingRequest,
  signal: AbortSignal | undefined,
): Promise<Result<Uint8Array, StreamFailure>> {
  const deadline = new Deadline(clock, timeout, signal);
  try {
    const stream = await openStream(connection, names, deadline);
    if (!stream.ok) return stream;
    stream.value.inactivityTimeout = 0;
    const answer = exchange(connection, stream.value, request, maxResponse, deadline);
    letGoOfRequest(stream.value);
    const response = await answer;
    if (response.ok) letGo(stream.value, clock);
    return response;
  } finally {
    deadline.cancel();
  }
}

/** Nothing follows the request: half-close, as the server may wait for it. */
function letGoOfRequest(stream: Stream): void {
  stream.close().catch(() => {});
}

async function openStream(
  connection: Connection,
  names: readonly string[],
  deadline: Deadline,
): Promise<Result<Stream, StreamFailure>> {
  try {
    return ok(await connection.newStream([...names], {signal: deadline.signal}));
  } catch (thrown) {
    return err(streamFailureOf(thrown, deadline, connection));
  }
}

/** Sends one frame and reads one; on failure the stream is reset. */
async function exchange(
  connection: Connection,
  stream: Stream,
  bytes: Uint8Array,
  limit: number,
  deadline: Deadline,
): Promise<Result<Uint8Array, StreamFailure>> {
  const reader = new FrameReader(stream);
  const isSent = trySend(stream, withLength(bytes));
  const onDeadline = () => reset(stream);
  deadline.signal.addEventListener("abort", onDeadline, {once: true});
  if (deadline.signal.aborted) onDeadline();
  const read: FrameRead = isSent ? await reader.frame(limit) : {code: "gone"};
  deadline.signal.removeEventListener("abort", onDeadline);
  switch (read.code) {
    case "frame":
      return ok(read.bytes);
    case "too-large":
    case "malformed":
      reset(stream);
      return err(streamFailure(read.code, `the answer on ${stream.protocol}`));
    default:
      reset(stream);
      return err(streamFailureOf(new Error("closed without an answer"), deadline, connection));
  }
}
