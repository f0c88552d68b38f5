import {Bytes, Option, Storage, Tuple, Vector} from "@polkadot-api/substrate-bindings";
import {node} from "../rpc/node.ts";
import {RpcFailure} from "../rpc/rpc-failure.ts";
import {bytesToHex, hexToBytes} from "./bytes.ts";
import {withLength} from "./extrinsic.ts";
import type {KeyLayout} from "./named-types/index.ts";

/** What `SessionKeys_decode_session_keys` answers: each public key, and the four letters of its kind. */
const takenApart = Option(Vector(Tuple(Bytes(), Bytes(4))));

/** Where keys are that accounts have registered; the rest of a key of this map is the account. */
const REGISTERED = Storage("Session")("NextKeys").enc();

/**
 * What session keys of a chain are made of, by those that somebody has registered, as the block's runtime takes them apart.
 * Undefined where nobody has, or the runtime does not tell.
 */
export async function keyLayoutAt(block: string): Promise<KeyLayout | undefined> {
  const [first] = await node.call<string[]>("state_getKeysPaged", [REGISTERED, 1, null, block]);
  if (first === undefined) return undefined;
  const registered = await node.call<string | null>("state_getStorage", [first, block]);
  if (registered === null) return undefined;
  const keys = hexToBytes(registered);
  const apart = await takeApart(keys, block);
  const length = apart?.reduce((sum, [key]) => sum + key.length, 0);
  return length === keys.length
    ? apart?.map(([key, kind]) => ({
        keyType: new TextDecoder().decode(kind),
        length: key.length,
      }))
    : undefined;
}

async function takeApart(keys: Uint8Array, block: string) {
  try {
    const args = ["SessionKeys_decode_session_keys", bytesToHex(withLength(keys)), block];
    return takenApart.dec(await node.call<string>("state_call", args));
  } catch (error) {
    if (error instanceof RpcFailure && error.isBreak) throw error;
    return undefined;
  }
}
