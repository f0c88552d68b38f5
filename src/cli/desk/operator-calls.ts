import {bytesToHex} from "#base";
import {decodePrefix, type TypeInfo} from "#codec";
import {
  type ChainDescription,
  codecOf,
  encodeCall,
  findCall,
  type NamedCall,
  readValue,
} from "#description";
import {DeskError} from "./desk-error.ts";

/** One call, with what it is called in front of people. */
export interface OperatorCall {
  readonly named: NamedCall;
  /** In SCALE, which is what a wallet takes as call data. */
  readonly encoded: Uint8Array;
  readonly text: string;
}

const BATCH = "Utility.batch_all";
const UPDATE_BOND = "CollatorSelection.update_bond";
const TAKE_SLOT = "CollatorSelection.take_candidate_slot";
const SET_KEYS = "Session.set_keys";
/** More than any chain's session keys take: Polkadot's six are some 200 bytes. */
const MOST_KEY_BYTES = 4_096;

/** The calls of a collator's operator, as the chain describes them; one that it does not have is refused by name. */
export class OperatorCalls {
  readonly #description: ChainDescription;

  constructor(description: ChainDescription) {
    this.#description = description;
  }

  /** Whether several calls can be one: all of them happen or none, for one signature and one fee. */
  get canBatch(): boolean {
    return findCall(this.#description, BATCH) !== undefined;
  }

  /** `keys`: session keys one after the other, as a node answers them, and its proof of having them where it gave one. */
  setKeys(keys: Uint8Array, proof: Uint8Array = new Uint8Array(0)): OperatorCall {
    const read = readValue(this.#keysType(), keys);
    if (!read.ok) {
      throw new DeskError({
        code: "keys-misfit",
        what: "these are no session keys as the chain has them",
        facts: [
          ["keys", bytesToHex(keys)],
          ["reason", read.error.message],
        ],
        todo: "see whether the node is of this chain, and what author_rotateKeys answers",
      });
    }
    const args = {keys: read.value, proof};
    return this.#call(SET_KEYS, args, `${bytesToHex(keys)}, ${bytesToHex(proof)}`);
  }

  /** Keys that are nobody's, of the length that the chain has: for what a call with any keys would cost. */
  noKeys(): Uint8Array {
    const zeros = new Uint8Array(MOST_KEY_BYTES);
    const read = decodePrefix(codecOf(this.#keysType()), zeros);
    return zeros.subarray(0, read.ok ? read.value.length : 0);
  }

  registerAsCandidate(): OperatorCall {
    return this.#call("CollatorSelection.register_as_candidate", {}, "");
  }

  /** Places go by bonds: whether a candidate may change his. */
  get takesBonds(): boolean {
    return findCall(this.#description, UPDATE_BOND) !== undefined;
  }

  updateBond(amount: bigint): OperatorCall {
    return this.#call(UPDATE_BOND, {new_deposit: amount}, String(amount));
  }

  /** Of a candidate with a lower bond, where the list is full. */
  takeCandidateSlot(deposit: bigint, target: Uint8Array): OperatorCall {
    const shown = `${deposit}, ${bytesToHex(target)}`;
    return this.#call(TAKE_SLOT, {deposit, target}, shown);
  }

  leaveIntent(): OperatorCall {
    return this.#call("CollatorSelection.leave_intent", {}, "");
  }

  /** Several as one, where the chain can; else as they are. */
  together(calls: readonly OperatorCall[]): readonly OperatorCall[] {
    if (calls.length < 2 || !this.canBatch) return calls;
    const inner = calls.map(({named}) => named);
    return [this.#call(BATCH, {calls: inner}, calls.map(({text}) => text).join(", "))];
  }

  #keysType(): TypeInfo {
    const found = findCall(this.#description, SET_KEYS) ?? missing(SET_KEYS);
    const keys = found.variant.fields.find(({name}) => name === "keys");
    return keys?.type ?? missing(`${SET_KEYS} with an argument called keys`);
  }

  #call(name: string, args: NamedCall["args"] & {}, shown: string): OperatorCall {
    const named = {call: name, args};
    const encoded = encodeCall(this.#description, named);
    if (encoded.ok) return {named, encoded: encoded.value, text: `${name}(${shown})`};
    if (encoded.error.code === "call-unknown") missing(name);
    const {at, expected} = encoded.error;
    throw new DeskError({
      code: "call-misfit",
      what: `the chain takes ${name} with other arguments`,
      facts: [[at === "" ? name : at, `expected ${expected}`]],
      todo: "use a newer version of this program, or a wallet",
    });
  }
}

function missing(name: string): never {
  throw new DeskError({
    code: "call-missing",
    what: `the chain has no ${name}`,
    todo: "see how collators come and go on this chain: it is not by this call",
  });
}
