import {err, formatReport, ok, type Report, type Result} from "#base";
import type {ChainSpec} from "#chain-spec";
import {Blockchain, type BlockRef, keptChoice, restoreSets} from "#core";
import {withBlockHashing} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {exportSnapshot, type Manifest, type SnapshotProgress} from "#snapshot";
import {type ChainStore, chainFolders, describeOpenFailure, inspectChain} from "#store";
import {createRuntimes} from "../runtimes.ts";
import {snapshotSource} from "./snapshot-source.ts";

export interface ExportWishes {
  readonly spec: ChainSpec;
  readonly basePath: string;
  readonly folder: string;
  /** A final block, by height or hash; the newest where none is named. */
  readonly block: number | Uint8Array | undefined;
  readonly onProgress: (progress: SnapshotProgress) => void;
}

/** Takes a snapshot of a database that no node has open; `running`: one has, and can be asked. */
export async function exportDatabase(
  wishes: ExportWishes,
): Promise<Result<Manifest | "running" | "nothing", Report | string>> {
  const {spec, basePath} = wishes;
  const crypto = withBlockHashing(await createNativeCrypto(), spec.blockHashing);
  const hash = (data: Uint8Array) => crypto.hashing.blockHash(data);
  const looked = await inspectChain(chainFolders(basePath, spec.id), hash, async store => {
    const source = sourceOf(store, wishes, crypto);
    return source.ok ? exportSnapshot(source.value, wishes.folder, wishes.onProgress) : source;
  });
  if (looked.ok) return looked.value === undefined ? ok("nothing") : looked.value;
  return looked.error.code === "database-locked"
    ? ok("running")
    : err(describeOpenFailure(looked.error));
}

function sourceOf(
  store: ChainStore,
  {spec, block}: ExportWishes,
  crypto: Awaited<ReturnType<typeof createNativeCrypto>>,
) {
  const onFault = (fault: unknown) => {
    throw fault;
  };
  const chain = Blockchain.open(store, createRuntimes(crypto), onFault);
  if (!chain.ok) return chain;
  const choice = keptChoice(store);
  const sets =
    choice.kind === "at-once"
      ? ok(undefined)
      : restoreSets(store, chain.value, choice, {verifySignature: () => false});
  if (!sets.ok) return sets;
  const asked = blockOf(chain.value, block);
  if (!asked.ok) return asked;
  const {hashing} = crypto;
  return snapshotSource({chain: chain.value, sets: sets.value, hashing, spec}, asked.value);
}

/** The block that is named; the newest final one where none is. */
function blockOf(
  chain: Blockchain,
  block: number | Uint8Array | undefined,
): Result<BlockRef | undefined, Report> {
  if (block === undefined) return ok(undefined);
  const hash = typeof block === "number" ? chain.hashOf(block) : block;
  const header = hash === undefined ? undefined : chain.header(hash);
  if (hash !== undefined && header !== undefined) return ok({hash, number: header.number});
  return err({
    code: "block-unknown",
    what: "there is no such block",
    facts: [["newest", `block ${chain.lastFinalized.number} is final`]],
    did: "wrote nothing",
    todo: "name a block that is there, or none for the newest final one",
  });
}

export const reportText = (failure: Report | string): string =>
  typeof failure === "string" ? failure : formatReport(failure);
