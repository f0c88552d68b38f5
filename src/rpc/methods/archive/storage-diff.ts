import {type BinaryString, binaryToHex} from "#base";
import {decodeTrusted} from "#codec";
import type {Hashing} from "#crypto";
import {type Hash, header} from "#primitives";
import type {ChildName, Difference, StateView} from "#state";
import {unknownBlockText} from "../../access/call-failure-text.ts";
import {
  hash,
  listOf,
  optional,
  param,
  type Reader,
  storageKey,
  subscription,
} from "../../declare/index.ts";
import type {ChainQuestions} from "../../questions/chain.ts";
import {toHex} from "../../shapes/hex.ts";
import {Prefixes} from "./prefixes.ts";
import {fail, NOTHING, stream} from "./stream.ts";

interface DiffItem {
  /** Keys that begin with it; all of them where it is left out. */
  readonly prefix: BinaryString;
  readonly returns: "value" | "hash";
  /** The name of the child trie that is meant; of the top trie undefined. */
  readonly childTrie: ChildName | undefined;
}

const diffItem: Reader<DiffItem> = {
  expected: '{"key"?: hex, "returnType": "value" or "hash", "childTrieKey"?: hex}',
  schema: {
    type: "object",
    properties: {
      key: storageKey.schema,
      returnType: {enum: ["value", "hash"]},
      childTrieKey: storageKey.schema,
    },
    required: ["returnType"],
  },
  read(json) {
    if (typeof json !== "object" || json === null) return undefined;
    const given = json as Record<string, unknown>;
    const prefix = storageKey.read(given.key ?? "");
    const {returnType} = given;
    if (prefix === undefined || (returnType !== "value" && returnType !== "hash")) return undefined;
    const named = given.childTrieKey ?? undefined;
    const childTrie = named === undefined ? undefined : storageKey.read(named);
    if (named !== undefined && childTrie === undefined) return undefined;
    return {prefix, returns: returnType, childTrie};
  },
};

const EVERYTHING: readonly DiffItem[] = [{prefix: "", returns: "value", childTrie: undefined}];

const failed = (error: string) => ({event: "storageDiffError", error});

/** What a block changed, or several did since an earlier one: as quick as the changes are few. */
export const archiveStorageDiff = subscription({
  name: "archive_v1_storageDiff",
  unsubscribe: "archive_v1_stopStorageDiff",
  // Substrate's own name for it.
  unsubscribeAliases: ["archive_v1_storageDiff_stopStorageDiff"],
  notification: "archive_v1_storageDiffEvent",
  unsubscribed: "null",
  params: [
    param("hash", hash),
    optional("items", listOf(diffItem)),
    optional("previousHash", hash),
  ],
  item: "event: storageDiff with type added | modified | deleted, then storageDiffDone | storageDiffError",
  start(context, sink, block, items = EVERYTHING, previous) {
    const {chain, hashing} = context;
    const now = chain.state(block);
    if (now === undefined) return fail(sink, failed(unknownBlockText(chain, block)));
    const from = previous ?? parentOf(chain, block);
    const before = chain.state(from);
    if (before === undefined) return fail(sink, failed(unknownBlockText(chain, from)));
    const done = {event: "storageDiffDone"};
    const pins = [chain.pin(block), chain.pin(from)];
    const release = () => {
      for (const unpin of pins) unpin();
    };
    return stream(context, sink, {
      items: events(before, now, items, hashing),
      done,
      failed,
      release,
    });
  },
});

function parentOf(chain: ChainQuestions, block: Hash): Hash {
  const {parentHash, number} = decodeTrusted(header, chain.header(block)!);
  // Before genesis there is nothing to compare with but itself.
  return number === 0 ? block : parentHash;
}

/** Of the top trie, then of each child trie that is asked about. */
function* events(before: StateView, now: StateView, items: readonly DiffItem[], hashing: Hashing) {
  const names = new Set(items.map(({childTrie}) => childTrie));
  if (names.has(undefined)) {
    yield* changes(now.differencesFrom(before), within(items, undefined), hashing);
  }
  for (const name of names) {
    if (name === undefined) continue;
    const differences = now.child(name).differencesFrom(before.child(name));
    const childTrieKey = binaryToHex(name);
    for (const event of changes(differences, within(items, name), hashing)) {
      yield event === NOTHING ? NOTHING : {...event, childTrieKey};
    }
  }
}

const within = (items: readonly DiffItem[], name: ChildName | undefined) =>
  items.filter(({childTrie}) => childTrie === name);

/** What was asked of a changed key: its value, its hash, or each in an event of its own, as in Substrate. */
function* changes(
  differences: Iterable<Difference>,
  items: readonly DiffItem[],
  {blockHash}: Hashing,
) {
  const asked = new Prefixes(items.map(({prefix, returns}) => [prefix, returns]));
  for (const {key, before, after} of differences) {
    const type = before === undefined ? "added" : after === undefined ? "deleted" : "modified";
    const shown = after ?? before!;
    const wanted = new Set(asked.of(key));
    const about = {event: "storageDiff", key: binaryToHex(key)};
    if (wanted.has("value")) yield {...about, value: toHex(shown), type};
    if (wanted.has("hash")) yield {...about, hash: toHex(blockHash(shown)), type};
    if (wanted.size === 0) yield NOTHING;
  }
}
