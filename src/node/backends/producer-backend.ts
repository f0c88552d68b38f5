import {bytesToHex, equalBytes, err, ok} from "#base";
import type {BlockProducer} from "#rpc";
import type {DemandAuthor} from "../author/demand-author.ts";
import type {Blockchain} from "../chain/blockchain.ts";
import {produceFailure} from "./produce-failure.ts";

/** Blocks on demand, for `engine_createBlock`. Blocks are made on the tip only. */
export function createProducerBackend(author: DemandAuthor, chain: Blockchain): BlockProducer {
  return {
    async createBlock({createEmpty, parent}) {
      if (parent !== undefined && !equalBytes(parent, chain.head.hash)) {
        if (chain.headerBytes(parent) === undefined) return err({code: "parent-unknown", parent});
        const reason = `${bytesToHex(parent)} is final: only the best block can be built on`;
        return err({code: "authoring-failed", reason});
      }
      const made = await author.createBlock({createEmpty});
      if (made.ok) return ok({hash: made.value.hash, number: made.value.number});
      return err(produceFailure(made.error));
    },
  };
}
