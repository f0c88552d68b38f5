import {err, ok, type Report, type Result} from "#base";
import {BLOCK_HASHINGS, parseBlockHashing} from "#crypto";
import {CODE_KEY} from "#primitives";
import type {ChainSpec} from "./chain-spec.ts";
import {isPresetCode} from "./presets/preset-genesis.ts";

/**
 * Of a chain spec, an extension of ours: what the chain hashes by. Substrate's nodes have it built in (`HashingFor<Block>`),
 * and neither specs nor runtimes say it.
 */
export const BLOCK_HASHING_KEY = "blockHashing";

/** Why a chain cannot hash by what its spec says; undefined where it can. */
export function blockHashingMisfit({blockHashing, genesis}: ChainSpec): string | undefined {
  if (blockHashing === undefined || blockHashing === "blake2-256") return undefined;
  const code = genesis.kind === "raw" ? genesis.top.get(CODE_KEY) : undefined;
  const isOurs = genesis.kind === "built" || (code !== undefined && isPresetCode(code));
  return isOurs ? "this program's own runtime hashes by blake2-256" : undefined;
}

/** The chain, hashing by what an operator says: of a spec that says nothing, or the same. */
export function withBlockHashingSaid(spec: ChainSpec, text: string): Result<ChainSpec, Report> {
  const blockHashing = parseBlockHashing(text);
  const refuse = (what: string, todo: string) =>
    err({code: "block-hashing-invalid", what, did: "not started", todo});
  if (blockHashing === undefined) {
    return refuse(`no chain hashes by ${text}`, `say one of ${BLOCK_HASHINGS.join(", ")}`);
  }
  if (spec.blockHashing !== undefined && spec.blockHashing !== blockHashing) {
    const what = `the chain spec says that the chain hashes by ${spec.blockHashing}, not ${blockHashing}`;
    return refuse(what, "leave the flag out, or correct the spec");
  }
  const {document} = spec;
  const said = {
    ...spec,
    blockHashing,
    ...(document && {document: {...document, [BLOCK_HASHING_KEY]: blockHashing}}),
  };
  const misfit = blockHashingMisfit(said);
  return misfit === undefined ? ok(said) : refuse(misfit, "leave --block-hashing out");
}
