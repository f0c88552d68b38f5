import {type Clock, err, type Millis, ok, type Result} from "#base";
import {Deadline} from "../transport/deadline.ts";
import {type StreamFailure, streamFailure} from "../transport/failures.ts";
import {OPEN_TIMEOUT} from "../transport/limits.ts";
import type {NotificationOpening, NotificationSink} from "../transport/notifications.ts";
import type {OutgoingRequest} from "../transport/requests.ts";
import type {Frame} from "./frames.ts";
import {MemorySink} from "./sink.ts";

export interface OwnStreamsOptions {
  readonly clock: Clock;
  send(frame: Frame): void;
  /** The peer let a queue run over. */
  overflow(): void;
}

type Answer =
  | {readonly bytes: Uint8Array; readonly code?: undefined}
  | {readonly code: StreamFailure["code"]};

/** The streams of one connection that this side opened. */
export class OwnStreams {
  readonly #options: OwnStreamsOptions;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #sinks = new Map<number, MemorySink>();
  #isOpen = true;
  #next = 0;

  constructor(options: OwnStreamsOptions) {
    this.#options = options;
  }

  async openNotification(
    opening: NotificationOpening,
    signal: AbortSignal | undefined,
  ): Promise<Result<NotificationSink, StreamFailure>> {
    const stream = this.#next++;
    const {send, overflow} = this.#options;
    const end = (how: "close" | "reset") => {
      this.#sinks.delete(stream);
      send({kind: "end", stream, to: "source", how});
    };
    send({kind: "open", stream, names: opening.names, handshake: opening.handshake.slice()});
    const answer = await this.#answerTo(stream, OPEN_TIMEOUT, signal);
    if (answer.code !== undefined) {
      if (isOurDoing(answer.code)) end("reset");
      return err(streamFailure(answer.code, `${opening.names[0]} not opened`));
    }
    if (answer.bytes.length > opening.maxHandshake) {
      end("reset");
      return err(streamFailure("too-large", `a handshake of ${answer.bytes.length} bytes`));
    }
    const sink = new MemorySink({
      opening,
      handshake: answer.bytes,
      transmit: bytes => send({kind: "message", stream, bytes}),
      end,
      overflow,
    });
    if (this.#isOpen) this.#sinks.set(stream, sink);
    else sink.ended("disconnected");
    return ok(sink);
  }

  async request(
    {names, request, maxResponse, timeout}: OutgoingRequest,
    signal: AbortSignal | undefined,
  ): Promise<Result<Uint8Array, StreamFailure>> {
    const stream = this.#next++;
    this.#options.send({kind: "request", stream, names, bytes: request.slice()});
    const answer = await this.#answerTo(stream, timeout, signal);
    if (answer.code !== undefined) {
      if (isOurDoing(answer.code)) this.#options.send({kind: "cancel", stream});
      return err(streamFailure(answer.code, `no response to ${names[0]}`));
    }
    return answer.bytes.length > maxResponse
      ? err(streamFailure("too-large", `a response of ${answer.bytes.length} bytes`))
      : ok(answer.bytes);
  }

  async #answerTo(
    stream: number,
    timeout: Millis,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    if (!this.#isOpen) return {code: "disconnected"};
    const deadline = new Deadline(this.#options.clock, timeout, signal);
    const answer = await new Promise<Answer>(resolve => {
      this.#waiting.set(stream, resolve);
      const onEnd = () => resolve({code: deadline.outcome ?? "aborted"});
      if (deadline.signal.aborted) onEnd();
      else deadline.signal.addEventListener("abort", onEnd, {once: true});
    });
    this.#waiting.delete(stream);
    deadline.cancel();
    return answer;
  }

  /** False when the frame is not about a stream of ours. */
  receive(frame: Frame): boolean {
    switch (frame.kind) {
      case "accept":
        this.#waiting.get(frame.stream)?.({bytes: frame.handshake});
        return true;
      case "response":
        this.#waiting.get(frame.stream)?.({bytes: frame.bytes});
        return true;
      case "refuse":
        this.#waiting.get(frame.stream)?.({code: frame.code});
        return true;
      case "credit":
        this.#sinks.get(frame.stream)?.credit(frame.length);
        return true;
      case "end":
        if (frame.to === "source") return false;
        this.#waiting.get(frame.stream)?.({code: "refused"});
        this.#sinks.get(frame.stream)?.ended(frame.how === "close" ? "closed-by-peer" : "reset");
        this.#sinks.delete(frame.stream);
        return true;
      default:
        return false;
    }
  }

  cut(): void {
    this.#isOpen = false;
    for (const answered of this.#waiting.values()) answered({code: "disconnected"});
    for (const sink of this.#sinks.values()) sink.ended("disconnected");
    this.#sinks.clear();
  }
}

/** We gave up, so the peer has to be told. */
function isOurDoing(code: StreamFailure["code"]): boolean {
  return code === "timeout" || code === "aborted";
}
