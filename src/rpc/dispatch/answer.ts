import {err, ok} from "#base";
import {type Outcome, ReplyThen} from "../declare/index.ts";
import {parseMessage} from "../json-rpc/parse-message.ts";
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
  const message = parseMessage(text);
  const reply =
    message === undefined
      ? errorReply(null, PARSE_ERROR)
      : Array.isArray(message)
        ? answerBatch(message, caller, after)
        : answerOne(message, caller, after);
  return reply instanceof Promise ? reply.then(finish) : finish(reply);
}

function answerBatch(
  messages: readonly unknown[],
  caller: Caller,
  after: AfterReply[],
): Reply | Promise<Reply> {
  const {maxBatchLength} = caller;
  if (maxBatchLength === 0) return errorReply(null, BATCHES_REFUSED);
  if (messages.length === 0) return errorReply(null, INVALID_REQUEST);
  if (messages.length > maxBatchLength) return errorReply(null, batchTooBig(maxBatchLength));
  const batch = new Batch(messages, caller, after);
  const pending = batch.advance();
  return pending === undefined ? batch.join() : answerRest(batch, pending);
}

async function answerRest(batch: Batch, pending: Promise<void>): Promise<Reply> {
  for (let next: Promise<void> | undefined = pending; next !== undefined; next = batch.advance()) {
    await next;
  }
  return batch.join();
}

/** Calls of a batch under way at once: as many as keep the workers busy that check signatures. */
const AT_ONCE = 32;

/** The replies to a batch that there are so far: no more than one answer may have, and what is under way beside them. */
class Batch {
  readonly #messages: readonly unknown[];
  readonly #caller: Caller;
  readonly #after: AfterReply[];
  readonly #replies: Reply[] = [];
  #begun = 0;
  #underWay = 0;
  #length = 0;
  #onReply: (() => void) | undefined;

  constructor(messages: readonly unknown[], caller: Caller, after: AfterReply[]) {
    this.#messages = messages;
    this.#caller = caller;
    this.#after = after;
  }

  get #isTooLong(): boolean {
    return this.#length > this.#caller.context.maxResponseBytes;
  }

  /** Goes on as far as can be without waiting, and answers what for; undefined when there is nothing left to do. */
  advance(): Promise<void> | undefined {
    const {turn} = this.#caller;
    let isFirst = true;
    while (this.#begun < this.#messages.length && !this.#isTooLong) {
      if (this.#underWay >= AT_ONCE) return this.#nextReply();
      if (!isFirst && turn.isOver) return turn.next();
      isFirst = false;
      this.#begin(this.#begun++);
    }
    return this.#underWay > 0 ? this.#nextReply() : undefined;
  }

  #begin(index: number): void {
    const reply = answerOne(this.#messages[index], this.#caller, this.#after);
    if (!(reply instanceof Promise)) {
      this.#take(index, reply);
      return;
    }
    this.#underWay++;
    void reply.then(settled => {
      this.#underWay--;
      this.#take(index, settled);
      this.#onReply?.();
    });
  }

  /** Of an answer that is too long already nothing is kept. */
  #take(index: number, reply: Reply): void {
    this.#length += reply?.length ?? 0;
    if (this.#isTooLong) this.#replies.length = 0;
    else this.#replies[index] = reply;
  }

  #nextReply(): Promise<void> {
    return new Promise(resolve => {
      this.#onReply = resolve;
    });
  }

  join(): Reply {
    const limit = this.#caller.context.maxResponseBytes;
    return this.#isTooLong
      ? errorReply(null, responseTooBig(limit))
      : joinBatch(this.#replies, limit);
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
