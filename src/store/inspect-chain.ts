import {existsSync} from "node:fs";
import {err, ok, type Result} from "#base";
import type {HashFunction} from "#trie";
import {ChainStore} from "./chain-store.ts";
import {type OpenFailure, StoreFault} from "./failures.ts";
import type {KeyValueStore} from "./key-value-store.ts";
import {SCHEMA_VERSION} from "./keys.ts";
import {type ChainFolders, databaseFile} from "./layout.ts";
import {isHalfRaised, isOfBefore, layoutOf, otherLayout, rowsOf} from "./layout-of-before.ts";
import {lockOrFail, openFollowed} from "./open-chain-store.ts";

/** Looks at a chain's database that nobody has open, for as long as that takes, and changes nothing in it; undefined where there is none. */
export async function inspectChain<T>(
  folders: ChainFolders,
  hash: HashFunction,
  look: (chain: ChainStore) => T | Promise<T>,
): Promise<Result<T | undefined, OpenFailure>> {
  const file = databaseFile(folders);
  if (!existsSync(file)) return ok(undefined);
  const locked = lockOrFail(folders);
  if (!locked.ok) return locked;
  try {
    // Whatever the process before came to: one that only looks has no other way to be told why it ended.
    const store = openFollowed(folders);
    if (!store.ok) return store;
    try {
      const version = layoutOf(store.value);
      if (version === undefined) {
        const isEmpty = [...firstOf(store.value)].length === 0;
        if (isEmpty) return ok(undefined);
        return err({code: "database-corrupt", file, detail: "it does not say which layout it has"});
      }
      if ((version !== SCHEMA_VERSION && !isOfBefore(version)) || isHalfRaised(version)) {
        return err(otherLayout(file, version));
      }
      return ok(await look(ChainStore.over(rowsOf(store.value, version), hash)));
    } catch (error) {
      if (!(error instanceof StoreFault)) throw error;
      return err({code: "database-corrupt", file, detail: error.message});
    } finally {
      await store.value.close();
    }
  } finally {
    locked.value.release();
  }
}

function* firstOf(store: KeyValueStore): Generator<unknown> {
  for (const entry of store.range({from: ""})) {
    yield entry;
    return;
  }
}
