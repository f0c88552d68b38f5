import {err, ok} from "#base";
import {bytes, hash, method, optional, param} from "../../declare/index.ts";
import type {BlockProducer} from "../../questions/block-producer.ts";
import {produceError} from "../../shapes/produce-error.ts";

/** Substrate's manual seal takes a justification to keep with the block; here votes make their own. */
export const engineFinalizeBlock = (producer: BlockProducer) =>
  method({
    name: "engine_finalizeBlock",
    unsafe: true,
    params: [param("hash", hash), optional("justification", bytes)],
    result: "true, once the block is final",
    async handle(_, block) {
      const done = await producer.finalizeBlock(block);
      return done.ok ? ok(true) : err(produceError(done.error));
    },
  });
