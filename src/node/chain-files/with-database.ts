import {err, ok, type Report, type Result} from "#base";
import type {ChainSpec} from "#chain-spec";
import {withBlockHashing} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {type ChainStore, chainFolders, describeOpenFailure, inspectChain} from "#store";

/** Does something with a database that no node has open; `running`: one has, `nothing`: there is none. */
export async function withDatabase<T>(
  {spec, basePath}: {readonly spec: ChainSpec; readonly basePath: string},
  act: (store: ChainStore) => Promise<Result<T, Report>> | Result<T, Report>,
): Promise<Result<T | "running" | "nothing", Report | string>> {
  const {hashing} = withBlockHashing(await createNativeCrypto(), spec.blockHashing);
  const hash = (data: Uint8Array) => hashing.blockHash(data);
  const looked = await inspectChain(chainFolders(basePath, spec.id), hash, act);
  if (looked.ok) return looked.value === undefined ? ok("nothing") : looked.value;
  return looked.error.code === "database-locked"
    ? ok("running")
    : err(describeOpenFailure(looked.error));
}
