import {err, ok} from "#base";
import type {OpaqueExtrinsic} from "#primitives";
import type {BlockRef, TimeTools} from "../../backend/index.ts";
import {bytes, listOf, method, optional, type Reader, u32} from "../../declare/index.ts";
import {toHex} from "../../shapes/hex.ts";
import {refusal, timeToolError} from "../../shapes/time-tool-error.ts";

interface NewBlocks {
  /** How many; one when neither is given. */
  readonly count?: number;
  /** Or up to this height. */
  readonly to?: number;
  /** What the first of them holds, in place of the pool's transactions. */
  readonly transactions?: readonly OpaqueExtrinsic[];
  /** Known, so that it can be refused in words. */
  readonly unsafeBlockHeight?: number;
}

const FIELDS: {readonly [K in keyof NewBlocks]-?: Reader<NonNullable<NewBlocks[K]>>} = {
  count: u32,
  to: u32,
  transactions: listOf(bytes),
  unsafeBlockHeight: u32,
};

const newBlocks: Reader<NewBlocks> = {
  expected: '{"count"?: number, "to"?: block number, "transactions"?: list of 0x-prefixed hex}',
  schema: {
    type: "object",
    properties: {count: u32.schema, to: u32.schema, transactions: listOf(bytes).schema},
    additionalProperties: false,
  },
  read(json) {
    if (typeof json !== "object" || json === null) return undefined;
    const read: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(json)) {
      if (!Object.hasOwn(FIELDS, key)) return undefined;
      read[key] = FIELDS[key as keyof NewBlocks].read(value);
      if (read[key] === undefined) return undefined;
    }
    return read;
  },
};

/** Blocks one after the other, empty where nothing waits. Names as in chopsticks. */
export const devNewBlock = (tools: TimeTools) =>
  method({
    name: "dev_newBlock",
    unsafe: true,
    params: [optional("config", newBlocks)],
    result: "Hash of the last block",
    async handle({chain}, config) {
      const {count = 1, to, unsafeBlockHeight} = config ?? {};
      if (unsafeBlockHeight !== undefined) {
        return err(
          refusal("unsafeBlockHeight is not supported: heights have no gaps here; use count or to"),
        );
      }
      let transactions = config?.transactions;
      let last: BlockRef = chain.best();
      const end = to ?? last.number + count;
      while (last.number < end) {
        const made = await tools.makeBlock(transactions);
        if (!made.ok) return err(timeToolError(made.error));
        last = made.value;
        transactions = undefined;
      }
      return ok(toHex(last.hash));
    },
  });
