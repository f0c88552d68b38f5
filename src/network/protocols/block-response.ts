import type {Result} from "#base";
import {bytes, type Codec, decode, encode, fixedBytes, tuple, vec} from "#codec";
import type {Hash, OpaqueExtrinsic} from "#primitives";
import {hashOf} from "./block-request.ts";
import type {Malformed} from "./malformed.ts";
import {decodeMessage, eachField, MessageWriter, pushBounded, reject} from "./protobuf.ts";

/** A proof of finality of one consensus engine, named by four bytes. */
export interface Justification {
  readonly engine: Uint8Array;
  readonly proof: Uint8Array;
}

export interface BlockData {
  readonly hash: Hash;
  /** SCALE of the header, when asked for. */
  readonly header?: Uint8Array | undefined;
  /** When asked for. On the wire an empty body and none are the same: none. */
  readonly body?: readonly OpaqueExtrinsic[] | undefined;
  readonly justifications?: readonly Justification[] | undefined;
}

/** Blocks of one response: no server gives more than 128 (spec §1.5). */
export const MAX_BLOCKS_IN_RESPONSE = 128;
/** Extrinsics of one block: the smallest signed ones, 100 bytes, would fill 6 MB. */
const MAX_EXTRINSICS = 65_536;
/**
 * Extrinsics of one response: its bodies have 8 MiB at most, or one block's. Without it 16 MiB of empty ones would be
 * eight million arrays, which keep us busy for seconds and fill a gigabyte.
 */
const MAX_EXTRINSICS_IN_RESPONSE = 2 * MAX_EXTRINSICS;
/** Engines that may justify one block. */
const MAX_JUSTIFICATIONS = 8;

const GRANDPA = new TextEncoder().encode("FRNK");

const justifications: Codec<[Uint8Array, Uint8Array][]> = vec(tuple(fixedBytes(4), bytes), {
  bound: MAX_JUSTIFICATIONS,
}) as Codec<[Uint8Array, Uint8Array][]>;

export interface ResponseForm {
  /** As the asker said in its request; others read only GRANDPA's justification, in a field of its own. */
  readonly multipleJustifications: boolean;
}

export function encodeBlockResponse(
  blocks: readonly BlockData[],
  {multipleJustifications}: ResponseForm,
): Uint8Array {
  const response = new MessageWriter();
  for (const block of blocks) response.bytes(1, encodeBlock(block, multipleJustifications));
  return response.finish();
}

function encodeBlock(block: BlockData, multipleJustifications: boolean): Uint8Array {
  const message = new MessageWriter().bytes(1, block.hash);
  if (block.header !== undefined) message.bytes(2, block.header);
  for (const extrinsic of block.body ?? []) message.bytes(3, extrinsic);
  const proofs = block.justifications ?? [];
  if (proofs.length === 0) return message.finish();
  if (multipleJustifications) {
    const pairs = proofs.map(({engine, proof}): [Uint8Array, Uint8Array] => [engine, proof]);
    message.bytes(8, encode(justifications, pairs));
    return message.finish();
  }
  const grandpa = proofs.find(({engine}) => isGrandpa(engine));
  if (grandpa !== undefined) {
    if (grandpa.proof.length > 0) message.bytes(6, grandpa.proof);
    else message.bool(7, true);
  }
  return message.finish();
}

export function decodeBlockResponse(input: Uint8Array): Result<readonly BlockData[], Malformed> {
  return decodeMessage(() => {
    const blocks: BlockData[] = [];
    let left = MAX_EXTRINSICS_IN_RESPONSE;
    eachField(input, (field, value) => {
      if (field !== 1) {
        value.skip();
        return;
      }
      const block = readBlock(value.message(), Math.min(left, MAX_EXTRINSICS));
      left -= block.body?.length ?? 0;
      pushBounded(blocks, block, MAX_BLOCKS_IN_RESPONSE);
    });
    return blocks;
  });
}

function readBlock(input: Uint8Array, mostExtrinsics: number): BlockData {
  let hash: Hash | undefined;
  let header: Uint8Array | undefined;
  let proofs: readonly Justification[] | undefined;
  const body: Uint8Array[] = [];
  eachField(input, (field, value) => {
    if (field === 1) hash = hashOf(value.bytes());
    else if (field === 2) header = value.bytes();
    else if (field === 3) pushBounded(body, value.bytes(), mostExtrinsics);
    else if (field === 6) proofs ??= grandpaOnly(value.bytes());
    else if (field === 7) proofs ??= value.bool() ? grandpaOnly(new Uint8Array(0)) : undefined;
    else if (field === 8) proofs = readJustifications(value.bytes());
    else value.skip();
  });
  return {
    hash: hash ?? reject("a block without a hash"),
    ...(header === undefined || header.length === 0 ? {} : {header}),
    ...(body.length === 0 ? {} : {body}),
    ...(proofs === undefined ? {} : {justifications: proofs}),
  };
}

function grandpaOnly(proof: Uint8Array): readonly Justification[] | undefined {
  return [{engine: GRANDPA, proof}];
}

function readJustifications(input: Uint8Array): readonly Justification[] {
  const decoded = decode(justifications, input);
  if (!decoded.ok) return reject(decoded.error.message);
  return decoded.value.map(([engine, proof]) => ({engine, proof}));
}

function isGrandpa(engine: Uint8Array): boolean {
  return engine.length === 4 && GRANDPA.every((byte, index) => engine[index] === byte);
}
