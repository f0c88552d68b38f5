import {ok} from "#base";
import type {StorageBackend} from "../../backend/index.ts";
import {method} from "../../declare/index.ts";

/** Ours: what the chain takes on the disk, of which kinds, and how fast it grows. For who runs the node. */
export const khalaStorage = (storage: StorageBackend) =>
  method({
    name: "khala_storage",
    unsafe: true,
    params: [],
    result:
      "{size?, freeSpace?, growth?: {bytesPerDay, since: unix ms}, pruning, composition?: {countedAt: unix ms, kinds: [{kind, entries, bytes}]}, isCounting}",
    handle: () => ok(storage.status()),
  });
