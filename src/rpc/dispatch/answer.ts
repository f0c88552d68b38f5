import {err, ok} from "#base";
import type {Holding} from "../budgets/index.ts";
import {type Outcome, ReplyThen} from "../declare/index.ts";
import type {Message} from "../json-rpc/parse-message.ts";
import {errorReply, resultReply} from "../json-rpc/reply.ts";
import {NO_ID, type RpcRequest, readRequest} from "../json-rpc/request.ts";
import {
  BATCHES_REFUSED,
  batchTooBig,
  DATABASE_DAMAGED,
  INTERNAL_ERROR,
  INVALID_REQUEST,
  responseTooBig,
  SERVER_BUSY,
} from "../json-rpc/rpc-error.ts";
import {type AfterReply, type Caller, call} from "./call.ts";
import {type ReadMessage, readMessage} from "./read-message.ts";

/** Undefined where there is nothing to reply. */
type Reply = string | undefined;

/**
 * Answers one message: `send` is called with the reply, once, or never for notifications. The promise, where there
 * is one, settles after that; calls that have their answer at hand are answered before this returns.
 */
export function answer(
  bytes: Uint8Array,
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
  const read = readMessage(bytes, caller);
  const reply =
    read instanceof Promise
      ? read.then(message => replyTo(message, caller, after))
      : replyTo(read, caller, after);
  return reply instanceof Promise ? reply.then(finish) : finish(reply);
}

function replyTo(
  message: ReadMessage,
  caller: Caller,
  after: AfterReply[],
): Reply | Promise<Reply> {
  if ("refused" in message) return errorReply(NO_ID, message.refused);
  const {json, ids} = message;
  return Array.isArray(json)
    ? answerBatch({json, ids}, caller, after)
    : answerOne(json, ids[0], caller, after);
}

interface BatchMessage extends Message {
  readonly json: readonly unknown[];
}

function answerBatch(
  message: BatchMessage,
  caller: Caller,
  after: AfterReply[],
): Reply | Promise<Reply> {
  const {maxBatchLength} = caller;
  const {length} = message.json;
  if (maxBatchLength === 0) return errorReply(NO_ID, BATCHES_REFUSED);
  if (length === 0) return errorReply(NO_ID, INVALID_REQUEST);
  if (length > maxBatchLength) return errorReply(NO_ID, batchTooBig(maxBatchLength));
  const batch = new Batch(message, caller, after);
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
  readonly #message: BatchMessage;
  readonly #caller: Caller;
  readonly #after: AfterReply[];
  readonly #replies: Reply[] = [];
  #begun = 0;
  #underWay = 0;
  #length = 0;
  #isRevoked = false;
  readonly #held: Holding;
  #onReply: (() => void) | undefined;

  constructor(message: BatchMessage, caller: Caller, after: AfterReply[]) {
    this.#message = message;
    this.#caller = caller;
    this.#after = after;
    this.#held = caller.budgets.answers.open(() => this.#revoke());
  }

  get #isTooLong(): boolean {
    return this.#length > this.#caller.context.maxResponseBytes;
  }

  /** Others needed what it had gathered: nothing of it is kept, nor begun. */
  #revoke(): void {
    this.#isRevoked = true;
    this.#replies.length = 0;
  }

  /** Goes on as far as can be without waiting, and answers what for; undefined when there is nothing left to do. */
  advance(): Promise<void> | undefined {
    const {turn, context} = this.#caller;
    const {length} = this.#message.json;
    let isFirst = true;
    while (this.#begun < length && !this.#isTooLong && !this.#isRevoked) {
      // For who does not take what is there nothing more is gathered.
      const room = this.#underWay === 0 ? context.connection?.room() : undefined;
      if (room !== undefined) return room;
      if (this.#underWay >= AT_ONCE) return this.#nextReply();
      if (!isFirst && turn.isOver) return turn.next();
      isFirst = false;
      this.#begin(this.#begun++);
    }
    return this.#underWay > 0 ? this.#nextReply() : undefined;
  }

  #begin(index: number): void {
    const {json, ids} = this.#message;
    const reply = answerOne(json[index], ids[index], this.#caller, this.#after);
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
    if (!this.#isRevoked && !this.#held.resize(this.#length)) this.#revoke();
    if (this.#isTooLong || this.#isRevoked) this.#replies.length = 0;
    else this.#replies[index] = reply;
  }

  #nextReply(): Promise<void> {
    return new Promise(resolve => {
      this.#onReply = resolve;
    });
  }

  join(): Reply {
    const limit = this.#caller.context.maxResponseBytes;
    this.#held.release();
    if (this.#isTooLong) return errorReply(NO_ID, responseTooBig(limit));
    return this.#isRevoked ? errorReply(NO_ID, SERVER_BUSY) : joinBatch(this.#replies, limit);
  }
}

function joinBatch(replies: readonly Reply[], limit: number): Reply {
  const present = replies.filter(reply => reply !== undefined);
  if (present.length === 0) return undefined;
  const joined = `[${present.join(",")}]`;
  return joined.length > limit ? errorReply(NO_ID, responseTooBig(limit)) : joined;
}

/** What was read is not what was written: by its code, since the database is nobody's here. */
const isDamage = (error: unknown): error is Error & {code: string} =>
  error instanceof Error && "code" in error && DAMAGE_CODES.has(error.code);

const DAMAGE_CODES: ReadonlySet<unknown> = new Set([
  "database-corrupt",
  "node-damaged",
  "node-malformed",
  "node-missing",
  "value-damaged",
  "value-missing",
]);

/**
 * An exception is a bug of ours or a damaged database: the client learns no more than that, the operator does.
 */
function answerOne(
  message: unknown,
  idText: string | undefined,
  caller: Caller,
  after: AfterReply[],
): Reply | Promise<Reply> {
  const read = readRequest(message, idText);
  if (!read.ok) return errorReply(read.error, INVALID_REQUEST);
  const request = read.value;
  const finished = observed(request.method, caller);
  const onBug = (error: unknown): Outcome => {
    if (isDamage(error)) {
      caller.logger.log("error", "rpc", `${request.method} came upon a damaged database`, {
        reason: error.message,
      });
      caller.context.onDamage(error);
      return err(DATABASE_DAMAGED);
    }
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
