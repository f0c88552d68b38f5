import {millis} from "#base";
import {MessageShape, MOST_VALUES} from "../json-rpc/message-shape.ts";
import {type Message, parseMessage} from "../json-rpc/parse-message.ts";
import {PARSE_ERROR, type RpcError, tooManyValues} from "../json-rpc/rpc-error.ts";
import type {Caller} from "./call.ts";

/** Bytes from which on a message is looked at before it is parsed: shorter ones are parsed before anybody could tell. */
const LARGE = 65_536;

/** Bytes looked at between two questions whose turn it is. */
const PIECE = 262_144;

export type ReadMessage = Message | {readonly refused: RpcError};

/** The longest rest after a large message, in milliseconds. */
const LONGEST_REST = 250;

type Reading = Pick<Caller, "budgets" | "turn" | "clock">;

/** What a client sent, parsed; a large message at a time in the whole process, and in a turn of its own. */
export function readMessage(
  bytes: Uint8Array,
  caller: Reading,
): ReadMessage | Promise<ReadMessage> {
  if (bytes.length < LARGE) return parse(bytes);
  return new Promise((resolve, reject) => {
    const read = async () => {
      const {clock} = caller;
      const began = clock.now();
      resolve(await readLarge(bytes, caller));
      // What is made of it at once is part of what it costs.
      await new Promise(done => setImmediate(done));
      await rest(clock.now() - began, clock);
    };
    caller.budgets.largeRequests.run(read).catch(reject);
  });
}

/** Large messages, however many wait, have the thread for half of the time: the rest is the node's. */
async function rest(took: number, clock: Caller["clock"]): Promise<void> {
  if (took > 0) await clock.until(millis(clock.now() + Math.min(took, LONGEST_REST)));
}

async function readLarge(bytes: Uint8Array, {turn}: Pick<Caller, "turn">): Promise<ReadMessage> {
  const shape = new MessageShape();
  for (let from = 0; from < bytes.length; from += PIECE) {
    if (turn.isOver) await turn.next();
    const fault = shape.look(bytes, from, Math.min(from + PIECE, bytes.length));
    if (fault === "too-deep") return {refused: PARSE_ERROR};
    if (fault === "too-many-values") return {refused: tooManyValues(MOST_VALUES)};
  }
  await turn.next();
  return parse(bytes);
}

function parse(bytes: Uint8Array): ReadMessage {
  const {buffer, byteOffset, length} = bytes;
  const text = Buffer.from(buffer, byteOffset, length).toString("utf8");
  return parseMessage(text) ?? {refused: PARSE_ERROR};
}
