import {type BinaryString, concatBytes, err, ok, type Result} from "#base";
import {
  attempt,
  bytes,
  type DecodeFailure,
  encode,
  fixedBytes,
  readCompact,
  type Source,
  struct,
  type TypeInfo,
  u32,
  vec,
} from "#codec";
import {type ChainDescription, type FoundCase, findCall} from "#description";
import type {RelayView} from "./relay-view.ts";

/** `cumulus_primitives_parachain_inherent::INHERENT_IDENTIFIER`, of all generations. */
export const PARACHAIN_INHERENT: BinaryString = "sysi1337";

/** `PersistedValidationData` and the proof, as all generations begin with them. */
export interface ValidationData {
  readonly parentHead: Uint8Array;
  readonly relayParentNumber: number;
  readonly relayParentStorageRoot: Uint8Array;
  readonly maxPovSize: number;
  readonly proof: readonly Uint8Array[];
  /** What follows: messages and, in newer runtimes, relay headers and the collator's peer id. */
  readonly rest: Uint8Array;
}

const validationData = struct({
  parentHead: bytes,
  relayParentNumber: u32,
  relayParentStorageRoot: fixedBytes(32),
  maxPovSize: u32,
  proof: vec(bytes),
});

const downwardMessages = vec(struct({sentAt: u32, message: bytes}));

/**
 * How the runtime of a description takes it. Fields that came later are known by their names, not by versions: the newest
 * runtimes have messages in an argument of their own, where they had stood among the others.
 */
export interface ValidationDataCall {
  readonly found: FoundCase;
  /** Bytes after the proof in the inherent's data where no message came, nor anything else. */
  readonly nothingInData: number;
  /** The same in the call's arguments. */
  readonly nothingInCall: number;
}

/** Fields of one byte each where they are empty: a list without entries, or a value that is not there. */
const LATER_FIELDS = ["relay_parent_descendants", "collator_peer_id"];
const MESSAGES = 2;
/** Full and hashed ones, downward and horizontal. */
const INBOUND_MESSAGES = 4;

/** Undefined where the chain's runtime is told of no relay chain. */
export function validationDataCall(description: ChainDescription): ValidationDataCall | undefined {
  const found = findCall(description, "ParachainSystem.set_validation_data");
  if (found === undefined) return undefined;
  const [first, second] = found.variant.fields.map(({type}) => type);
  const names = new Set(namesOf(first));
  const later = LATER_FIELDS.filter(name => names.has(name)).length;
  const isApart = second !== undefined;
  return {
    found,
    nothingInData: MESSAGES + later,
    nothingInCall: later + (isApart ? INBOUND_MESSAGES : MESSAGES),
  };
}

/** Names of a struct's fields; none of a type that nobody describes. */
function namesOf(type: TypeInfo | undefined): string[] {
  if (type?.def.kind !== "composite") return [];
  return type.def.fields.flatMap(({name}) => (name === undefined ? [] : [name]));
}

/** The inherent's data, in which messages stand among the others in all generations. */
export function validationDataInherent(
  view: RelayView,
  {nothingInData}: ValidationDataCall,
): Uint8Array {
  // The first of what follows are the downward messages.
  const later = new Uint8Array(nothingInData - 1);
  return concatBytes(headOf(view), encode(downwardMessages, [...view.downward]), later);
}

const headOf = (view: RelayView): Uint8Array =>
  encode(validationData, {
    parentHead: view.parentHead,
    relayParentNumber: view.number,
    relayParentStorageRoot: view.root,
    maxPovSize: view.maxPovSize,
    proof: [...view.proof],
  });

/** The arguments that a block of this view calls it with. */
export function validationDataArguments(
  view: RelayView,
  {nothingInCall}: ValidationDataCall,
): Uint8Array {
  return concatBytes(headOf(view), new Uint8Array(nothingInCall));
}

/**
 * The arguments of `set_validation_data` among a block's extrinsics (with their lengths): of the one that calls it. A failure is
 * how many there are instead.
 */
export function findValidationData(
  extrinsics: readonly Uint8Array[],
  {found: {pallet, variant}}: ValidationDataCall,
): Result<Uint8Array, number> {
  const all = extrinsics.flatMap(extrinsic => {
    const args = attempt(extrinsic, source => {
      readCompact(source);
      const [version, ofPallet, ofCall] = [source.u8(), source.u8(), source.u8()];
      const isIt = !hasSigner(version) && ofPallet === pallet.index && ofCall === variant.index;
      return isIt ? rest(source) : skip(source);
    });
    return args.ok && args.value !== undefined ? [args.value] : [];
  });
  const [only] = all;
  return only !== undefined && all.length === 1 ? ok(only) : err(all.length);
}

/** Bits of the version byte by which signed and general extrinsics are known. */
const KIND_BITS = 0xc0;
const hasSigner = (version: number) => (version & KIND_BITS) !== 0;

function rest(source: Source): Uint8Array {
  const start = source.advance(source.remaining);
  return source.bytes.slice(start);
}

function skip(source: Source): undefined {
  source.advance(source.remaining);
  return undefined;
}

/** Takes the arguments apart. */
export function readValidationData(args: Uint8Array): Result<ValidationData, DecodeFailure> {
  return attempt(args, source => {
    const head = validationData.decodeFrom(source);
    return {...head, rest: rest(source)};
  });
}
