import {ok} from "#base";
import {method} from "../../declare/index.ts";
import type {StorageQuestions} from "../../questions/storage.ts";

/** Ours: what of the chain's past is kept, as ranges of heights, and what is on its way out. */
export const khalaPruning = (storage: StorageQuestions) =>
  method({
    name: "khala_pruning",
    params: [],
    result:
      "{states, blocks, pallets, kept: {headers, bodies, states: [{from, to}]}, statesToRemove, entriesRemoved, bytesRemoved}",
    handle: () => ok(storage.pruning()),
  });
