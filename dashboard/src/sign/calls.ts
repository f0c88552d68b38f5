import {bytesToHex, hexToBytes, joined} from "../chain/bytes.ts";
import {withLength} from "../chain/extrinsic.ts";
import {hasCall, runtimeAt} from "../chain/runtime.ts";
import {node} from "../rpc/node.ts";
import {RpcFailure} from "../rpc/rpc-failure.ts";

/** A call's bytes from its arguments by name. */
export async function encodeCall(
  pallet: string,
  name: string,
  args?: Readonly<Record<string, unknown>>,
): Promise<Uint8Array> {
  const {codec, location} = await callAt(pallet, name);
  return joined(Uint8Array.from(location), codec.enc(args));
}

/**
 * `Session.set_keys`. The keys are what `author_rotateKeys` answers, already in the form of the call, whichever kinds of
 * keys the chain has; so is its proof, which is empty where the chain asks for none.
 */
export async function setKeysCall(keys: string, proof = "0x"): Promise<Uint8Array> {
  const {location} = await callAt("Session", "set_keys");
  await refuseOthers(keys);
  return joined(Uint8Array.from(location), hexToBytes(keys), withLength(hexToBytes(proof)));
}

/** A call in the name of root. */
export async function sudoCall(call: Uint8Array): Promise<Uint8Array> {
  const {location} = await callAt("Sudo", "sudo");
  return joined(Uint8Array.from(location), call);
}

/** Where a call is among all, and how its arguments are written, if the chain has it. */
async function callAt(pallet: string, name: string) {
  const runtime = await runtimeAt();
  if (!hasCall(runtime, pallet, name)) {
    throw new Error(`this chain has no call ${pallet}.${name}`);
  }
  return runtime.builder.buildCall(pallet, name);
}

/** What `SessionKeys_decode_session_keys` answers for bytes that are no session keys: None. */
const NONE = "0x00";

/** Has the chain's runtime take the keys apart, which knows their kinds; one that cannot is asked by the call itself. */
async function refuseOthers(keys: string): Promise<void> {
  const bytes = bytesToHex(withLength(hexToBytes(keys)));
  let answer: string;
  try {
    answer = await node.call<string>("state_call", ["SessionKeys_decode_session_keys", bytes]);
  } catch (error) {
    if (error instanceof RpcFailure && !error.isBreak) return;
    throw error;
  }
  if (answer === NONE) throw new Error("these are no session keys of this chain");
}
