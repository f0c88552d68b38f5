import type {Hashing} from "#crypto";
import type {StateView} from "#state";
import {unknownBlockText} from "../../access/call-failure-text.ts";
import {hash, listOf, optional, param, storageKey, subscription} from "../../declare/index.ts";
import {type StorageItem, storageItem, storageResults} from "../../storage-query/index.ts";
import {fail, NOTHING, stream} from "./stream.ts";

const failed = (error: string) => ({event: "storageError", error});

/** With a child trie there is nothing to find: no chain of ours has any. */
export const archiveStorage = subscription({
  name: "archive_v1_storage",
  unsubscribe: "archive_v1_stopStorage",
  notification: "archive_v1_storageEvent",
  unsubscribed: "null",
  params: [
    param("hash", hash),
    param("items", listOf(storageItem)),
    optional("childTrie", storageKey),
  ],
  item: "event: storage, then storageDone | storageError",
  start(context, sink, block, items, childTrie) {
    const {chain, hashing} = context;
    const view = chain.state(block);
    if (view === undefined) return fail(sink, failed(unknownBlockText(chain, block)));
    const asked = childTrie === undefined ? items : [];
    const done = {event: "storageDone"};
    return stream(context, sink, {items: events(view, asked, hashing), done, failed});
  },
});

function* events(view: StateView, items: readonly StorageItem[], hashing: Hashing) {
  for (const item of items) {
    for (const result of storageResults(view, item, hashing)) yield {event: "storage", ...result};
    yield NOTHING;
  }
}
