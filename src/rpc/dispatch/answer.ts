import {err, ok} from "#base";
import {type Outcome, ReplyThen} from "../declare/index.ts";
import {errorReply, resultReply} from "../json-rpc/reply.ts";
import {type RpcRequest, readRequest} from "../json-rpc/request.ts";
import {
  BATCHES_REFUSED,
  batchTooBig,
  INTERNAL_ERROR,
  INVALID_REQUEST,
  PARSE_ERROR,
  responseTooBig,
} from "../json-rpc/rpc-error.ts";
import {type AfterReply, type Caller, call} from "./call.ts";

/** Undefined where there is nothing to reply. */
type Reply = string | undefined;

/**
 * Answers one message: `send` is called with the reply, once, or never for notifications. The promise, where there
 * is one, settles after that; calls that have their answer at hand are answered before this returns.
 */
export function answer(
  text: string,
  caller: Caller,
  send: (reply: string) => void,
): void | Promise<void> {
  const after: AfterReply[] = [];
  const finish = (reply: Reply) => {
    if (reply !== undefined) send(reply);
    for (const begin of after) {
      try {
        begin();
      } catch (error) {
        caller.logger.log("error", "rpc", "what follows on a reply threw", {error});
      }
    }
  };
  const message = parse(text);
  const reply =
    message === undefined
      ? errorReply(null, PARSE_ERROR)
      : Array.isArray(message)
        ? answerBatch(message, caller, after)
        : answerOne(message, caller, after);
  return reply instanceof Promise ? reply.then(finish) : finish(reply);
}

/** Undefined, which no JSON text stands for, when it is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function answerBatch(
  messages: readonly unknown[],
  caller: Caller,
  after: AfterReply[],
): Reply | Promise<Reply> {
  const {maxBatchLength, context} = caller;
  if (maxBatchLength === 0) return errorReply(null, BATCHES_REFUSED);
  if (messages.length === 0) return errorReply(null, INVALID_REQUEST);
  if (messages.length > maxBatchLength) return errorReply(null, batchTooBig(maxBatchLength));
  const batch = new Batch(messages, caller, after);
  batch.answerSome();
  return batch.isDone ? batch.join(context.maxResponseBytes) : answerRest(batch, caller);
}

/** Others have their turns before a long batch goes on. */
async function answerRest(batch: Batch, {turn, context}: Caller): Promise<Reply> {
  while (!batch.isDone) {
    await turn.next();
    batch.answerSome();
  }
  return batch.join(context.maxResponseBytes);
}

/** The replies to a batch that there are so far. */
class Batch {
  readonly #messages: readonly unknown[];
  readonly #caller: Caller;
  readonly #after: AfterReply[];
  readonly #replies: (Reply | Promise<Reply>)[] = [];
  #length = 0;

  constructor(messages: readonly unknown[], caller: Caller, after: AfterReply[]) {
    this.#messages = messages;
    this.#caller = caller;
    this.#after = after;
  }

  get isDone(): boolean {
    return this.#replies.length === this.#messages.length || this.#isTooLong;
  }

  get #isTooLong(): boolean {
    return this.#length > this.#caller.context.maxResponseBytes;
  }

  /** At least one more, and on until it is others' turn. */
  answerSome(): void {
    do {
      const reply = answerOne(this.#messages[this.#replies.length], this.#caller, this.#after);
      if (typeof reply === "string") this.#length += reply.length;
      this.#replies.push(reply);
    } while (!this.isDone && !this.#caller.turn.isOver);
  }

  join(limit: number): Reply | Promise<Reply> {
    if (this.#isTooLong) return errorReply(null, responseTooBig(limit));
    return this.#replies.some(reply => reply instanceof Promise)
      ? Promise.all(this.#replies).then(all => joinBatch(all, limit))
      : joinBatch(this.#replies as Reply[], limit);
  }
}

function joinBatch(replies: readonly Reply[], limit: number): Reply {
  const present = replies.filter(reply => reply !== undefined);
  if (present.length === 0) return undefined;
  const joined = `[${present.join(",")}]`;
  return joined.length > limit ? errorReply(null, responseTooBig(limit)) : joined;
}

/**
 * An exception is a bug of ours or a damaged database: the client learns no more than that, the operator does.
 */
function answerOne(message: unknown, caller: Caller, after: AfterReply[]): Reply | Promise<Reply> {
  const read = readRequest(message);
  if (!read.ok) return errorReply(read.error, INVALID_REQUEST);
  const request = read.value;
  const finished = observed(request.method, caller);
  const onBug = (error: unknown): Outcome => {
    caller.logger.log("error", "rpc", `${request.method} threw`, {error});
    return err(INTERNAL_ERROR);
  };
  const reply = (outcome: Outcome): Reply => {
    finished(outcome);
    try {
      return replyOf(request.id, outcome, caller, after);
    } catch (error) {
      return replyOf(request.id, onBug(error), caller, after);
    }
  };
  let outcome: Outcome | Promise<Outcome>;
  try {
    outcome = call(request, caller, after);
  } catch (error) {
    outcome = onBug(error);
  }
  return outcome instanceof Promise ? outcome.catch(onBug).then(reply) : reply(outcome);
}

/** Whatever a client makes up counts under one name: each name costs memory for ever. */
const UNKNOWN_METHOD = "unknown";

function observed(method: string, {observer, table}: Caller): (outcome: Outcome) => void {
  const name = table.get(method) === undefined ? UNKNOWN_METHOD : method;
  const began = performance.now();
  observer.callStarted(name);
  return outcome => observer.callFinished(name, performance.now() - began, !outcome.ok);
}

function replyOf(
  id: RpcRequest["id"],
  outcome: Outcome,
  caller: Caller,
  after: AfterReply[],
): Reply {
  if (outcome.ok && outcome.value instanceof ReplyThen) {
    const {value, begin} = outcome.value;
    after.push(begin);
    return replyOf(id, ok(value), caller, after);
  }
  if (id === undefined) return undefined;
  if (!outcome.ok) return errorReply(id, outcome.error);
  const limit = caller.context.maxResponseBytes;
  const reply = resultReply(id, outcome.value);
  return reply.length > limit ? errorReply(id, responseTooBig(limit)) : reply;
}
