import {err, ok, type Result} from "#base";
import {createNativeHashing} from "#crypto-native";
import {
  type CheckProgress,
  chainFolders,
  checkOnDisk,
  describeDamage,
  describeOpenFailure,
} from "#store";
import {type AskNode, repairSourceOf} from "./repair-source.ts";

/** What a database was found to be, for people and programs to read. */
export interface DatabaseChecked {
  /** Why the pages of the file are not to be followed; then nothing else was looked at. */
  readonly pages: string | null;
  readonly rows: number;
  readonly blocks: number;
  /** Nodes and values of states. */
  readonly parts: number;
  readonly mended: readonly string[];
  /** What is damaged, after all that was mended. */
  readonly damaged: readonly string[];
  /** Up to which height every block of the best chain is whole; null where none is. */
  readonly wholeUpTo: number | null;
  /** Where the damaged file is now, of which what could still be reached was copied, and what was passed over. */
  readonly salvaged: {
    readonly entries: number;
    readonly aside: string;
    readonly passed: readonly string[];
  } | null;
}

export interface DatabaseCheckOptions {
  readonly repair: boolean;
  /** A node of the same chain. */
  readonly ask: AskNode | undefined;
  readonly onProgress: (progress: CheckProgress) => void;
}

/** Checks the database of a chain that no node has open; `running`: one has. */
export async function checkChainDatabase(
  basePath: string,
  chainId: string,
  {repair, ask, onProgress}: DatabaseCheckOptions,
): Promise<Result<DatabaseChecked | "running" | "nothing", string>> {
  const hashing = await createNativeHashing();
  const source = ask === undefined ? {} : {source: repairSourceOf(ask, hashing)};
  const looked = await checkOnDisk(
    chainFolders(basePath, chainId),
    data => hashing.blockHash(data),
    {repair, onProgress, ...source},
  );
  if (!looked.ok) {
    if (looked.error.code === "database-locked") return ok("running");
    return err(describeOpenFailure(looked.error));
  }
  if (looked.value === undefined) return ok("nothing");
  const {pages = null, salvaged = null, mended, checked} = looked.value;
  return ok({
    pages,
    rows: checked?.rows ?? 0,
    blocks: checked?.blocks ?? 0,
    parts: checked?.parts ?? 0,
    mended: mended.map(describeDamage),
    damaged: checked?.damages.map(describeDamage) ?? [],
    wholeUpTo: checked?.wholeUpTo ?? null,
    salvaged,
  });
}
