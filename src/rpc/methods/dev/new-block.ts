import {err, ok} from "#base";
import type {OpaqueExtrinsic} from "#primitives";
import {bytes, listOf, method, optional, type Reader, u32} from "../../declare/index.ts";
import type {BlockRef} from "../../questions/chain.ts";
import type {TimeTools} from "../../questions/time-tools.ts";
import {toHex} from "../../shapes/hex.ts";
import {refusal, timeToolError} from "../../shapes/time-tool-error.ts";

interface NewBlocks {
  /** How many; one when neither is given. */
  readonly count?: number;
  /** Or up to this height. */
  readonly to?: number;
  /** What the first of them holds, in place of the pool's transactions. */
  readonly transactions?: readonly OpaqueExtrinsic[];
  /**
   * The height of the first of them. Chopsticks leaves a gap below it, over which whatever counts blocks stumbles; here
   * the blocks up to it are made as well, with the hooks of each.
   */
  readonly unsafeBlockHeight?: number;
}

const FIELDS: {readonly [K in keyof NewBlocks]-?: Reader<NonNullable<NewBlocks[K]>>} = {
  count: u32,
  to: u32,
  transactions: listOf(bytes),
  unsafeBlockHeight: u32,
};

const newBlocks: Reader<NewBlocks> = {
  expected:
    '{"count"?: number, "to"?: block number, "transactions"?: list of 0x-prefixed hex, "unsafeBlockHeight"?: block number}',
  schema: {
    type: "object",
    properties: Object.fromEntries(
      Object.entries(FIELDS).map(([name, {schema}]) => [name, schema]),
    ),
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

/** A slip of the keyboard would otherwise keep the node busy for days. */
const MOST = 100_000;

/** Blocks one after the other, empty where nothing waits. Names as in chopsticks. */
export const devNewBlock = (tools: TimeTools) =>
  method({
    name: "dev_newBlock",
    unsafe: true,
    params: [optional("config", newBlocks)],
    result: "Hash of the last block",
    async handle({chain, connection}, config = {}) {
      const best = chain.best();
      const first = config.unsafeBlockHeight ?? best.number + 1;
      if (first <= best.number) {
        return err(
          refusal(`unsafeBlockHeight must be above the best block, which is ${best.number}`),
        );
      }
      const end = config.to ?? first + (config.count ?? 1) - 1;
      if (end - best.number > MOST) {
        return err(
          refusal(`${end - best.number} blocks would be made for that, at most ${MOST} are`),
        );
      }
      let last: BlockRef = best;
      // Nobody waits for the rest once the client is gone.
      while (last.number < end && connection?.isClosed !== true) {
        const isFirst = last.number + 1 === first;
        const made = await tools.makeBlock(isFirst ? config.transactions : undefined);
        if (!made.ok) return err(timeToolError(made.error));
        last = made.value;
      }
      return ok(toHex(last.hash));
    },
  });
