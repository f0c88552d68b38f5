import {err, ok} from "#base";
import type {BlockProducer, BlockRef} from "../../backend/index.ts";
import {method, optional, type Reader, u32} from "../../declare/index.ts";
import {toHex} from "../../shapes/hex.ts";
import {produceError} from "../../shapes/produce-error.ts";

interface NewBlocks {
  /** How many; one when neither is given. */
  readonly count?: number;
  /** Or up to this height. */
  readonly to?: number;
}

const newBlocks: Reader<NewBlocks> = {
  expected: '{"count"?: number} or {"to"?: block number}',
  schema: {
    type: "object",
    properties: {count: u32.schema, to: u32.schema},
    additionalProperties: false,
  },
  read(json) {
    if (typeof json !== "object" || json === null) return undefined;
    for (const [key, value] of Object.entries(json)) {
      if (key !== "count" && key !== "to") return undefined;
      if (u32.read(value) === undefined) return undefined;
    }
    return json;
  },
};

/** Blocks one after the other, empty where nothing waits, each finalized. Names as in chopsticks. */
export const devNewBlock = (producer: BlockProducer) =>
  method({
    name: "dev_newBlock",
    unsafe: true,
    params: [optional("config", newBlocks)],
    result: "Hash of the last block",
    async handle({chain}, config) {
      const {count = 1, to} = config ?? {};
      let last: BlockRef = chain.best();
      const end = to ?? last.number + count;
      while (last.number < end) {
        const created = await producer.createBlock({createEmpty: true, finalize: true});
        if (!created.ok) return err(produceError(created.error));
        last = created.value;
      }
      return ok(toHex(last.hash));
    },
  });
