import {hexToBytes, joined} from "../chain/bytes.ts";
import {withLength} from "../chain/extrinsic.ts";
import {runtimeAt} from "../chain/runtime.ts";

/** A call's bytes from its arguments by name. */
export async function encodeCall(
  pallet: string,
  name: string,
  args?: Readonly<Record<string, unknown>>,
): Promise<Uint8Array> {
  const {builder} = await runtimeAt();
  const {codec, location} = builder.buildCall(pallet, name);
  return joined(Uint8Array.from(location), codec.enc(args));
}

/**
 * `Session.set_keys`. The keys are what `author_rotateKeys` answers, already in the form of the call, whichever kinds of
 * keys the chain has. The proof is empty: this chain's session keys need none.
 */
export async function setKeysCall(keys: string): Promise<Uint8Array> {
  const {builder} = await runtimeAt();
  const {location} = builder.buildCall("Session", "set_keys");
  return joined(Uint8Array.from(location), hexToBytes(keys), withLength(new Uint8Array(0)));
}

/** A call in the name of root. */
export async function sudoCall(call: Uint8Array): Promise<Uint8Array> {
  const {builder} = await runtimeAt();
  const {location} = builder.buildCall("Sudo", "sudo");
  return joined(Uint8Array.from(location), call);
}
