import {join} from "node:path";

/** Where things of one chain are, as Substrate has them: what `purge` removes stands beside what it keeps. */
export type ChainFolders = {
  chain: string;
  /** Everything that can be had again from the network. */
  database: string;
  /** The lock of the database. */
  lock: string;
  keystore: string;
  /** Says that the chain was begun (`chain-marker.ts`). */
  marker: string;
  /** The secret that the peer id follows from. */
  nodeKey: string;
  /** What was signed for last; goes with the database, as other blocks may be made again from genesis. */
  guard: string;
};

export function chainFolders(basePath: string, chainId: string): ChainFolders {
  const chain = join(basePath, "chains", chainId);
  const database = join(chain, "db");
  return {
    chain,
    database,
    lock: join(database, "LOCK"),
    keystore: join(chain, "keystore"),
    marker: join(chain, "genesis"),
    nodeKey: join(chain, "network", "secret_ed25519"),
    guard: join(database, "signed"),
  };
}

/** The file that grows with the chain. */
export const databaseFile = (folders: ChainFolders): string =>
  join(lmdbFolder(folders), "data.mdb");

/** Where a compacted file is made; what is in it is of nobody when no compaction is under way. */
export const compactingFolder = (folders: ChainFolders): string =>
  join(folders.database, "compacting");

/** The folder of the key-value store; LMDB's own two files are in it. */
export function lmdbFolder(folders: ChainFolders): string {
  return join(folders.database, "full");
}
