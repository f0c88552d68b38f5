import {bytesToHex} from "#base";
import {decode, encode} from "#codec";
import type {Hashing} from "#crypto";
import {type CollatorChain, composeKhala, PRESET_PARAMETERS, type RuntimeCall} from "#runtime";

/** One call, with what it is called in front of people. */
export interface OperatorCall {
  readonly call: RuntimeCall;
  readonly text: string;
}

/** The calls of a collator's operator, in the form of the runtime built in here. */
export class OperatorCalls {
  readonly runtime: CollatorChain;

  constructor(hashing: Hashing) {
    // Calls are encoded alike whatever the parameters.
    this.runtime = composeKhala(PRESET_PARAMETERS.dev, hashing);
  }

  setKeys(keys: Uint8Array): OperatorCall {
    const codec = this.#find("Session", "set_keys").call.args;
    const decoded = decode(codec, new Uint8Array([...keys, 0]));
    if (!decoded.ok) throw new Error("session keys are of the length that the runtime has");
    return this.#call("Session", "set_keys", decoded.value, `${bytesToHex(keys)}, 0x`);
  }

  registerAsCandidate(): OperatorCall {
    return this.#call("CollatorSelection", "register_as_candidate", {}, "");
  }

  leaveIntent(): OperatorCall {
    return this.#call("CollatorSelection", "leave_intent", {}, "");
  }

  /** Several as one: all of them happen or none, for one signature and one fee. */
  together(calls: readonly OperatorCall[]): OperatorCall {
    const [first] = calls;
    if (calls.length === 1 && first !== undefined) return first;
    const inner = calls.map(({call}) => call);
    const text = calls.map(each => each.text).join(", ");
    return this.#call("Utility", "batch_all", {calls: inner}, text);
  }

  /** What a wallet takes as call data. */
  encoded({call}: OperatorCall): Uint8Array {
    return encode(this.runtime.composition.runtimeCall, call);
  }

  #call(pallet: string, name: string, args: unknown, shown: string): OperatorCall {
    return {call: {...this.#find(pallet, name), args}, text: `${pallet}.${name}(${shown})`};
  }

  #find(palletName: string, callName: string): Pick<RuntimeCall, "pallet" | "call"> {
    const pallet = this.runtime.composition.pallets.find(({name}) => name === palletName);
    const call = pallet?.calls?.find(({name}) => name === callName);
    if (pallet === undefined || call === undefined) {
      throw new Error(`the runtime has no ${palletName}.${callName}`);
    }
    return {pallet, call};
  }
}
