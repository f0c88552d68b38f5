import {err, ok} from "#base";
import {listOf, method, optional, text} from "../../declare/index.ts";
import {invalidParams} from "../../json-rpc/rpc-error.ts";
import type {StorageQuestions} from "../../questions/storage.ts";

/** Ours: has more or less of the past kept from now on; less goes in the background. What is left out stays as it is. */
export const khalaSetPruning = (storage: StorageQuestions) =>
  method({
    name: "khala_setPruning",
    unsafe: true,
    params: [optional("states", text), optional("blocks", text), optional("pallets", listOf(text))],
    result: "as khala_pruning",
    handle(_, states, blocks, pallets) {
      const changed = storage.setPruning({states, blocks, pallets});
      return changed.ok ? ok(changed.value) : err(invalidParams(changed.error));
    },
  });
