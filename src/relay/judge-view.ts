import {bytesToHex, equalBytes, err, ok, type Result} from "#base";
import {decode, u64} from "#codec";
import type {Hashing} from "#crypto";
import {verifyProof} from "#trie";
import {relayKeys} from "./relay-keys.ts";
import type {RelayView} from "./relay-view.ts";
import {
  findValidationData,
  readValidationData,
  type ValidationData,
  type ValidationDataCall,
} from "./validation-data.ts";

/** What a block says of the relay chain that is not so. */
export interface ViewFault {
  readonly code:
    | "relay-view-missing"
    | "relay-view-unreadable"
    | "relay-parent-wrong"
    | "relay-number-wrong"
    | "relay-slot-wrong"
    | "relay-root-wrong"
    | "relay-proof-wrong"
    | "relay-messages-wrong";
  readonly reason: string;
}

/** Whether a block is told of the relay chain what its chain's nodes all see: for whoever imports it. */
export function judgeView(
  extrinsics: readonly Uint8Array[],
  view: RelayView,
  call: ValidationDataCall,
  hashing: Hashing,
): Result<void, ViewFault> {
  const fault = (code: ViewFault["code"], reason: string) => err({code, reason});
  const args = findValidationData(extrinsics, call);
  if (!args.ok) {
    return fault("relay-view-missing", `${args.error} of its extrinsics tell of the relay chain`);
  }
  const read = readValidationData(args.value);
  if (!read.ok) return fault("relay-view-unreadable", read.error.code);
  const said = read.value;
  if (!equalBytes(said.parentHead, view.parentHead)) {
    return fault("relay-parent-wrong", "it names another head than its parent's");
  }
  if (said.relayParentNumber !== view.number) {
    const reason = `relay block ${said.relayParentNumber}, and it is ${view.number}`;
    return fault("relay-number-wrong", reason);
  }
  if (!equalBytes(said.relayParentStorageRoot, view.root)) {
    const slot = slotIn(said, hashing);
    return slot === undefined || slot === BigInt(view.slot)
      ? fault("relay-root-wrong", `root ${bytesToHex(said.relayParentStorageRoot)}`)
      : fault("relay-slot-wrong", `relay slot ${slot}, and it is ${view.slot}`);
  }
  const isSameProof =
    said.maxPovSize === view.maxPovSize &&
    said.proof.length === view.proof.length &&
    said.proof.every((node, i) => equalBytes(node, view.proof[i]!));
  if (!isSameProof) return fault("relay-proof-wrong", "its proof is another one");
  if (!equalBytes(said.rest, new Uint8Array(call.nothingInCall))) {
    return fault("relay-messages-wrong", "it brings messages that nobody sent");
  }
  return ok();
}

/** The relay chain's slot as a proof under a wrong root has it; undefined where it has none. */
function slotIn(
  {relayParentStorageRoot, proof}: ValidationData,
  hashing: Hashing,
): bigint | undefined {
  const {currentSlot} = relayKeys(hashing, 0);
  const verified = verifyProof(
    data => hashing.blake2b256(data),
    relayParentStorageRoot,
    [...proof],
    [currentSlot],
  );
  const value = verified.ok ? verified.value.get(currentSlot) : undefined;
  const slot = value === undefined ? undefined : decode(u64, value);
  return slot?.ok ? slot.value : undefined;
}
