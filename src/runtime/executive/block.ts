import {bytesToBinary, equalBytes, inOneGo, type Steps} from "#base";
import {encode} from "#codec";
import {addWeight, digestItem, type Header, type Weight, ZERO_WEIGHT} from "#primitives";
import type {RuntimeHost} from "#runtime-api";
import type {Externalities} from "#state";
import {trap} from "../frame/index.ts";
import {applyExtrinsic} from "./apply-extrinsic.ts";
import type {Composition} from "./composition.ts";
import {decodeExtrinsic, type Extrinsic} from "./extrinsic.ts";

/** Opens a block (spec/pallets §4.1). */
export function initializeBlock(
  state: Externalities,
  composition: Composition,
  header: Pick<Header, "number" | "parentHash" | "digest">,
): void {
  const {system, pallets} = composition;
  const digest = header.digest.filter(item => item.type === "PreRuntime");
  system.block.resetEvents(state);
  let weight = upgrade(state, composition);
  system.block.initialize(state, header.number, header.parentHash, digest);
  for (const {hooks} of pallets) {
    if (hooks?.onInitialize) weight = addWeight(weight, hooks.onInitialize(state, header.number));
  }
  system.block.registerWeight(state, addWeight(weight, system.weights.baseBlock), "Mandatory");
  system.block.noteFinishedInitialize(state);
}

function upgrade(state: Externalities, {system, version, pallets, migrate}: Composition): Weight {
  const last = system.storage.lastRuntimeUpgrade.get(state);
  const current = {specVersion: version.specVersion, specName: version.specName};
  const isNew =
    last === undefined ||
    current.specVersion > last.specVersion ||
    current.specName !== last.specName;
  if (!isNew) return ZERO_WEIGHT;
  system.storage.lastRuntimeUpgrade.set(state, current);
  migrate?.(state);
  return pallets.reduce(
    (sum, {hooks}) => addWeight(sum, hooks?.onRuntimeUpgrade?.(state) ?? ZERO_WEIGHT),
    ZERO_WEIGHT,
  );
}

/** Closes a block (spec/pallets §4.3) and returns its header without a seal. */
export function finalizeBlock(state: Externalities, {system, pallets}: Composition): Header {
  system.block.noteFinishedExtrinsics(state);
  const number = system.storage.number.get(state);
  for (const {hooks} of pallets) hooks?.onFinalize?.(state, number);
  return system.block.finalize(state);
}

export function isInherent({call, signed}: Extrinsic): boolean {
  return signed === undefined && call.pallet.inherent?.isInherent(call.call) === true;
}

/** Runs a whole block as it came from elsewhere; traps where it is not what its header says (§4.4). */
export function executeBlock(...block: Parameters<typeof executeBlockInSteps>): void {
  inOneGo(executeBlockInSteps(...block));
}

/** The same, with a pause after each extrinsic: whoever runs it on a thread that others need may let them have it. */
export function* executeBlockInSteps(
  host: RuntimeHost,
  composition: Composition,
  header: Header,
  body: readonly Uint8Array[],
): Steps<void> {
  const {state} = host;
  const {system} = composition;
  initializeBlock(state, composition, header);
  const parent =
    header.number > 0 ? system.storage.blockHash.get(state, header.number - 1) : undefined;
  if (parent === undefined || !equalBytes(parent, header.parentHash)) {
    trap("Parent hash should be valid.");
  }
  const extrinsics = body.map(bytes => {
    const decoded = decodeExtrinsic(bytes, composition.extensions, composition.runtimeCall);
    return decoded.ok ? decoded.value : trap(`Extrinsic does not decode: ${decoded.error.message}`);
  });
  const firstOther = extrinsics.findIndex(extrinsic => !isInherent(extrinsic));
  const late =
    firstOther < 0
      ? -1
      : extrinsics.findIndex((extrinsic, i) => i > firstOther && isInherent(extrinsic));
  if (late >= 0) trap(`Invalid inherent position for extrinsic at index ${late}`);
  for (const extrinsic of extrinsics) {
    const applied = applyExtrinsic(host, composition, extrinsic);
    if (!applied.ok)
      trap(`Extrinsic is not valid: ${applied.error.type} ${applied.error.value.type}`);
    yield;
  }
  compareHeaders(finalizeBlock(state, composition), header);
}

function compareHeaders(computed: Header, given: Header): void {
  if (computed.digest.length !== given.digest.length) {
    trap("Number of digest items must match that calculated.");
  }
  for (const [i, item] of computed.digest.entries()) {
    const ours = bytesToBinary(encode(digestItem, item));
    const theirs = bytesToBinary(encode(digestItem, given.digest[i]!));
    if (ours !== theirs) trap("Digest item must match that calculated.");
  }
  if (!equalBytes(computed.stateRoot, given.stateRoot)) {
    trap("Storage root must match that calculated.");
  }
  if (!equalBytes(computed.extrinsicsRoot, given.extrinsicsRoot)) {
    trap("Transaction trie root must be valid.");
  }
}
