import {err, ok} from "#base";
import {bool, hash, method, optional, param} from "../../declare/index.ts";
import type {BlockProducer} from "../../questions/block-producer.ts";
import {toHex} from "../../shapes/hex.ts";
import {produceError} from "../../shapes/produce-error.ts";

/** What Substrate's manual seal says of a block it imported. */
const importedAux = (isBest: boolean) => ({
  header_only: false,
  clear_justification_requests: false,
  needs_justification: false,
  bad_justification: false,
  is_new_best: isBest,
});

export const engineCreateBlock = (producer: BlockProducer) =>
  method({
    name: "engine_createBlock",
    unsafe: true,
    params: [param("createEmpty", bool), param("finalize", bool), optional("parentHash", hash)],
    result: "{hash, aux}",
    async handle(_, createEmpty, finalize, parent) {
      const created = await producer.createBlock({
        createEmpty,
        finalize,
        ...(parent && {parent}),
      });
      return created.ok
        ? ok({hash: toHex(created.value.hash), aux: importedAux(created.value.isBest)})
        : err(produceError(created.error));
    },
  });
