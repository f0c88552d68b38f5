import {unknownBlockText} from "../../access/call-failure-text.ts";
import {keptPartAt} from "../../access/state-access.ts";
import {hash, listOf, optional, param, storageKey, subscription} from "../../declare/index.ts";
import {NOTHING_FOUND, storageItem, storageResults} from "../../storage-query/index.ts";
import {fail, NOTHING, stream} from "./stream.ts";

const failed = (error: string) => ({event: "storageError", error});

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
    const wanted = childTrie === undefined ? items.map(({key}) => key) : [];
    const view = chain.state(block) ?? keptPartAt(chain, block, wanted);
    if (view === undefined) return fail(sink, failed(unknownBlockText(chain, block)));
    const done = {event: "storageDone"};
    const results = storageResults(view, childTrie, items, hashing);
    return stream(context, sink, {items: events(results), done, failed, release: chain.pin(block)});
  },
});

function* events(results: ReturnType<typeof storageResults>) {
  for (const result of results) {
    yield result === NOTHING_FOUND ? NOTHING : {event: "storage", ...result};
  }
}
