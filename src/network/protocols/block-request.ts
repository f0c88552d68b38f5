import type {Result} from "#base";
import {decode, encode, u32} from "#codec";
import type {Hash} from "#primitives";
import type {Malformed} from "./malformed.ts";
import {decodeMessage, eachField, MessageWriter, reject} from "./protobuf.ts";

/** What a block request may ask for. On the wire a bit in the top byte of a u32 (spec §1.5). */
export interface BlockAttributes {
  readonly header?: boolean;
  readonly body?: boolean;
  readonly justification?: boolean;
}

const HEADER = 0x0100_0000;
const BODY = 0x0200_0000;
const JUSTIFICATION = 0x1000_0000;

export interface BlockRequest {
  readonly attributes: BlockAttributes;
  readonly from: {readonly hash: Hash} | {readonly number: number};
  /** Ascending by canonical number, or descending from parent to parent. */
  readonly direction: "ascending" | "descending";
  /** Undefined: as many as the server gives. */
  readonly maxBlocks?: number | undefined;
  /** The asker reads `justifications`, and not only the old `justification`. */
  readonly supportsMultipleJustifications?: boolean;
}

export function encodeBlockRequest(request: BlockRequest): Uint8Array {
  const {attributes, from, direction, maxBlocks, supportsMultipleJustifications} = request;
  const fields =
    (attributes.header ? HEADER : 0) +
    (attributes.body ? BODY : 0) +
    (attributes.justification ? JUSTIFICATION : 0);
  const message = new MessageWriter();
  if (fields !== 0) message.uint32(1, fields);
  if ("hash" in from) message.bytes(2, from.hash);
  else message.bytes(3, encode(u32, from.number));
  if (direction === "descending") message.uint32(5, 1);
  if (maxBlocks !== undefined && maxBlocks > 0) message.uint32(6, maxBlocks);
  if (supportsMultipleJustifications) message.bool(7, true);
  return message.finish();
}

export function decodeBlockRequest(bytes: Uint8Array): Result<BlockRequest, Malformed> {
  return decodeMessage(() => {
    let fields = 0;
    let from: BlockRequest["from"] | undefined;
    let direction = 0;
    let maxBlocks = 0;
    let supportsMultipleJustifications = false;
    eachField(bytes, (field, value) => {
      if (field === 1) fields = value.uint32();
      else if (field === 2) from = {hash: hashOf(value.bytes())};
      else if (field === 3) from = {number: numberOf(value.bytes())};
      else if (field === 5) direction = value.uint32();
      else if (field === 6) maxBlocks = value.uint32();
      else if (field === 7) supportsMultipleJustifications = value.bool();
      else value.skip();
    });
    if (direction > 1) reject(`direction ${direction}`);
    return {
      attributes: {
        header: (fields & HEADER) !== 0,
        body: (fields & BODY) !== 0,
        justification: (fields & JUSTIFICATION) !== 0,
      },
      from: from ?? reject("no start"),
      direction: direction === 1 ? ("descending" as const) : ("ascending" as const),
      ...(maxBlocks === 0 ? {} : {maxBlocks}),
      supportsMultipleJustifications,
    };
  });
}

export function hashOf(bytes: Uint8Array): Hash {
  return bytes.length === 32 ? bytes : reject(`a hash of ${bytes.length} bytes`);
}

function numberOf(bytes: Uint8Array): number {
  const decoded = decode(u32, bytes);
  return decoded.ok ? decoded.value : reject(`a block number of ${bytes.length} bytes`);
}
