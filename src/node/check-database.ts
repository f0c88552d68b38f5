import {bytesToHex, equalBytes, err, hexToBytes, ok, type Report, type Result} from "#base";
import {type ChainSpec, genesisToStore} from "#chain-spec";
import {withBlockHashing} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {
  beganWith,
  type CheckProgress,
  chainFolders,
  checkOnDisk,
  describeDamage,
  describeOpenFailure,
  genesisHashOf,
  isOwnValue,
} from "#store";
import {type AskNode, repairSourceOf} from "./repair-source.ts";
import {genesisMakers} from "./runtimes.ts";

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
  /** What of it is not as it was, or not known any more, after a repair. */
  readonly notes: readonly string[];
  /** Why the node that was asked answers nothing more, where it left in the midst of it. */
  readonly gone: string | null;
  /** Whether the pages that lead to all others are damaged, so that no repair can begin. */
  readonly isBeyondRepair: boolean;
  /** Whether all that is damaged is what this node alone knew: nobody can be asked for it. */
  readonly isOwnLost: boolean;
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
  /** Told first, while the pages of the file are followed. */
  readonly onPages: (read: {readonly entries: number; readonly bytes: number}) => void;
}

/** Checks the database of a chain that no node has open; `running`: one has. Asks nobody before it is known to have the same chain. */
export async function checkChainDatabase(
  spec: ChainSpec,
  basePath: string,
  {repair, ask, onProgress, onPages}: DatabaseCheckOptions,
): Promise<Result<DatabaseChecked | "running" | "nothing", Report | string>> {
  const crypto = withBlockHashing(await createNativeCrypto(), spec.blockHashing);
  const {hashing} = crypto;
  const folders = chainFolders(basePath, spec.id);
  const begun = beganWith(folders);
  const built = begun === undefined ? genesisToStore(spec.genesis, genesisMakers(crypto)) : ok();
  if (!built.ok) return built;
  const genesis = begun ?? genesisHashOf(built.value!);
  const isSame = ask === undefined ? ok() : await checkSource(ask, genesis);
  if (!isSame.ok) return isSame;
  const source = ask === undefined ? {} : {source: repairSourceOf(ask, hashing)};
  const looked = await checkOnDisk(folders, data => hashing.blockHash(data), {
    repair,
    genesis,
    onProgress,
    onPages,
    ...source,
  });
  if (!looked.ok) {
    if (looked.error.code === "database-locked") return ok("running");
    return err(describeOpenFailure(looked.error));
  }
  if (looked.value === undefined) return ok("nothing");
  const {pages = null, salvaged = null, gone = null, mended, checked} = looked.value;
  const damages = checked?.damages ?? [];
  return ok({
    pages,
    rows: checked?.rows ?? 0,
    blocks: checked?.blocks ?? 0,
    parts: checked?.parts ?? 0,
    mended: mended.map(describeDamage),
    notes: looked.value.notes,
    gone,
    isBeyondRepair: looked.value.isBeyondRepair,
    isOwnLost: damages.length > 0 && damages.every(isOwnValue),
    damaged: damages.map(describeDamage),
    wholeUpTo: checked?.wholeUpTo ?? null,
    salvaged,
  });
}

/** Of another chain a node has nothing that counts here, and nobody would say why. */
async function checkSource(ask: AskNode, expected: Uint8Array): Promise<Result<void, Report>> {
  const answer = await ask("chain_getBlockHash", 0);
  const found = typeof answer === "string" ? hexToBytes(answer) : undefined;
  if (found !== undefined && equalBytes(found, expected)) return ok();
  return err({
    code: found === undefined ? "answer-malformed" : "genesis-mismatch",
    what:
      found === undefined
        ? "the node of --from does not say which chain it has"
        : "the node of --from has another chain",
    facts: [
      ["there", found === undefined ? "no hash of a first block" : bytesToHex(found)],
      ["here", bytesToHex(expected)],
    ],
    did: "changed nothing",
    todo: "name a node of the same chain: --from URL",
  });
}
