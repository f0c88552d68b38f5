import {concatBytes, utf8Bytes} from "#base";
import {bytes, encode, vec} from "#codec";
import {apiVersion, type Block, block as blockCodec, type Runtime} from "#runtime-api";

/** What a validator is handed of a parachain (the "proof of validity"). */
export interface ParachainBlock {
  /** Sealed. */
  readonly block: Block;
  /** Of all that executing it touches in its parent's state, in its compact form. */
  readonly proof: readonly Uint8Array[];
}

/** 0: one block and its proof. 1: a list of blocks and their proof, behind a word that says so. */
export type PoVForm = 0 | 1;

/** `CollectCollationInfo` from this version on says that the runtime wants form 1 (cumulus-primitives-core). */
const WANTS_FORM_1 = 3;

/** What begins form 1; before it no header can stand so, which begins with its parent's hash. */
const VERSIONED = concatBytes(utf8Bytes("VERSIONEDPBD"), Uint8Array.of(1));

const blocks = vec(blockCodec);
const proofCodec = vec(bytes);

/** The form that a runtime reads. */
export function poVForm(runtime: Pick<Runtime, "version">): PoVForm {
  return (apiVersion(runtime, "CollectCollationInfo") ?? 0) >= WANTS_FORM_1 ? 1 : 0;
}

/** `ParachainBlockData` (cumulus-primitives-core), the whole of which counts against the limit of a relay chain. */
export function parachainBlockData({block, proof}: ParachainBlock, form: PoVForm): Uint8Array {
  const proofBytes = encode(proofCodec, [...proof]);
  return form === 0
    ? concatBytes(encode(blockCodec, block), proofBytes)
    : concatBytes(VERSIONED, encode(blocks, [block]), proofBytes);
}
