import {err, ok, type Result} from "#base";
import {createPortableHashing} from "#crypto";
import type {PruningStatus} from "#rpc";
import {chainFolders, describeOpenFailure, inspectChain} from "#store";
import {pruningStatus} from "./answers/pruning.ts";

/** What a database that no node has open holds of its chain; `running`: a node has it open, and can be asked. */
export async function keptRanges(
  basePath: string,
  chainId: string,
): Promise<Result<PruningStatus | "running" | "nothing", string>> {
  const {blake2b256} = createPortableHashing();
  const looked = await inspectChain(chainFolders(basePath, chainId), blake2b256, chain =>
    pruningStatus(chain.pruning),
  );
  if (looked.ok) return ok(looked.value ?? "nothing");
  if (looked.error.code === "database-locked") return ok("running");
  return err(describeOpenFailure(looked.error));
}
