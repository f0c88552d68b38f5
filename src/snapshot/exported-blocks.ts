import {bytesToHex, err, hexToBytes, ok, type Result} from "#base";
import {
  bytes,
  type Codec,
  decode,
  decodePrefix,
  encode,
  fixedBytes,
  option,
  struct,
  tuple,
  u64,
  vec,
} from "#codec";
import {body as bodyCodec, digestItem, type Header, header as headerCodec} from "#primitives";

/** A proof of finality, and the engine that it is for: four bytes. */
export type EngineProof = readonly [engine: Uint8Array, proof: Uint8Array];

/** A block as Substrate's nodes export it (`SignedBlock`). */
export interface SignedBlock {
  readonly header: Header;
  /** Extrinsics with the length before each. */
  readonly body: readonly Uint8Array[];
  readonly justifications: readonly EngineProof[] | undefined;
}

const signedBlock = struct({
  header: headerCodec,
  body: bodyCodec,
  justifications: option(vec(tuple(fixedBytes(4), bytes))),
}) as unknown as Codec<SignedBlock>;

/** Header and body, as runtimes and `khala_checkBlock` take them. */
export const plainBlock = struct({header: headerCodec, body: bodyCodec}) as unknown as Codec<
  Pick<SignedBlock, "header" | "body">
>;

export const encodeSignedBlock = (block: SignedBlock): Uint8Array => encode(signedBlock, block);

/** How many blocks follow, before the first of a binary file: u64, little-endian. */
export const encodeCount = (count: number): Uint8Array => encode(u64, BigInt(count));

/** As Substrate's JSON has it: bytes of proofs as lists of numbers. */
export function signedBlockJson({header, body, justifications}: SignedBlock): string {
  const {parentHash, number, stateRoot, extrinsicsRoot, digest} = header;
  return JSON.stringify({
    block: {
      header: {
        parentHash: bytesToHex(parentHash),
        number: `0x${number.toString(16)}`,
        stateRoot: bytesToHex(stateRoot),
        extrinsicsRoot: bytesToHex(extrinsicsRoot),
        digest: {logs: digest.map(item => bytesToHex(encode(digestItem, item)))},
      },
      extrinsics: body.map(bytesToHex),
    },
    justifications: justifications?.map(([engine, proof]) => [[...engine], [...proof]]) ?? null,
  });
}

interface BlockJson {
  readonly block?: {
    readonly header?: {
      readonly parentHash?: unknown;
      readonly number?: unknown;
      readonly stateRoot?: unknown;
      readonly extrinsicsRoot?: unknown;
      readonly digest?: {readonly logs?: unknown};
    };
    readonly extrinsics?: unknown;
  };
  readonly justifications?: unknown;
}

/** Reads one block of JSON; a failure says what is wrong. */
export function readBlockJson(text: string): Result<SignedBlock, string> {
  let json: BlockJson;
  try {
    json = JSON.parse(text) as BlockJson;
  } catch (error) {
    return err((error as Error).message);
  }
  const {header, extrinsics} = json.block ?? {};
  const hashes = [header?.parentHash, header?.stateRoot, header?.extrinsicsRoot].map(bytesOf);
  if (hashes.some(hash => hash?.length !== 32)) return err("a hash of its header is none");
  const [parentHash, stateRoot, extrinsicsRoot] = hashes as Uint8Array[];
  const number = Number(header?.number);
  if (!Number.isInteger(number) || number < 0) return err("its number is none");
  const logs = listOf(header?.digest?.logs, log => {
    const encoded = bytesOf(log);
    const item = encoded === undefined ? undefined : decode(digestItem, encoded);
    return item?.ok === true ? item.value : undefined;
  });
  const body = listOf(extrinsics, bytesOf);
  const justifications =
    json.justifications == null ? [] : listOf(json.justifications, engineProofOf);
  if (logs === undefined) return err("its digest cannot be read");
  if (body === undefined) return err("its extrinsics cannot be read");
  if (justifications === undefined) return err("its justifications cannot be read");
  return ok({
    header: {
      parentHash: parentHash!,
      number,
      stateRoot: stateRoot!,
      extrinsicsRoot: extrinsicsRoot!,
      digest: logs,
    },
    body,
    justifications: json.justifications == null ? undefined : justifications,
  });
}

/** Reads blocks that follow each other in a buffer without anything between; says how many bytes the one block took. */
export function readBlockBinary(
  bytes: Uint8Array,
): Result<{readonly block: SignedBlock; readonly length: number}, string> {
  const read = decodePrefix(signedBlock, bytes);
  if (!read.ok) return err(read.error.message);
  return ok({block: read.value.value, length: read.value.length});
}

function listOf<T>(json: unknown, read: (item: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(json)) return undefined;
  const items = json.map(read);
  return items.some(item => item === undefined) ? undefined : (items as T[]);
}

const bytesOf = (json: unknown): Uint8Array | undefined =>
  typeof json === "string" ? hexToBytes(json) : undefined;

function engineProofOf(json: unknown): EngineProof | undefined {
  const parts = listOf(json, numbersOf);
  const [engine, proof] = parts ?? [];
  return engine?.length === 4 && proof !== undefined ? [engine, proof] : undefined;
}

function numbersOf(json: unknown): Uint8Array | undefined {
  const isList =
    Array.isArray(json) &&
    json.every(byte => Number.isInteger(byte) && (byte as number) >= 0 && (byte as number) < 256);
  return isList ? Uint8Array.from(json as number[]) : undefined;
}
