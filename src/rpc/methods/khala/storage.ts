import {ok} from "#base";
import {method} from "../../declare/index.ts";
import type {StorageQuestions} from "../../questions/storage.ts";

/** Ours: what the chain takes on the disk, of which kinds, and how fast it grows. For who runs the node. */
export const khalaStorage = (storage: StorageQuestions) =>
  method({
    name: "khala_storage",
    unsafe: true,
    params: [],
    result:
      "{size?, freeSpace?, growth?: {bytesPerDay, since: unix ms}, pruning, composition?: {countedAt: unix ms, kinds: [{kind, entries, bytes}]}, isCounting, damages: [text], mended, lookedThroughAt?: unix ms, index?: {isReady, blocks, bytes, damaged, repaired}}",
    handle: () => ok(storage.status()),
  });
