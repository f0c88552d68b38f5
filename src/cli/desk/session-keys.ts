import {bytesToHex, hex, hexToBytes} from "#base";
import {bytes, encode} from "#codec";
import {type GeneratedKeys, readSessionKeys} from "#runtime-api";
import type {FlagValues} from "../flags/index.ts";
import {type Ask, RpcFailure} from "../rpc-client.ts";
import {DeskError} from "./desk-error.ts";
import type {MadeKeys} from "./made-keys.ts";
import {NodeLink} from "./node-link.ts";

export const isHeld = async (link: NodeLink, keys: Uint8Array): Promise<boolean> =>
  (await link.askUnsafe("author_hasSessionKeys", bytesToHex(keys))) as boolean;

/** The one of these session keys that blocks are sealed with; undefined where the runtime does not say which it is. */
export async function auraKeyIn(ask: Ask, keys: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    const args = bytesToHex(encode(bytes, keys));
    const answer = (await ask("state_call", "SessionKeys_decode_session_keys", args)) as string;
    const apart = readSessionKeys(hex(answer));
    return apart.ok ? apart.value?.find(({keyType}) => keyType === "aura")?.publicKey : undefined;
  } catch (error) {
    if (error instanceof RpcFailure) return undefined;
    throw error;
  }
}

/** What the account should have on the chain, and whether it has it there already. */
export interface ChosenKeys {
  readonly keys: Uint8Array;
  /** That the node has them, for the account, where it has said so. */
  readonly proof?: Uint8Array | undefined;
  readonly origin: "registered" | "named" | "made before" | "made now";
}

/**
 * Session keys that the node holds: those on the chain, those asked for, those of an interrupted run, or new ones.
 * Keys on the chain that the node lacks are not replaced without being told to: they may be another node's, which goes
 * on authoring with them.
 */
export async function chooseKeys(
  link: NodeLink,
  values: FlagValues,
  {account, registered}: {account: Uint8Array; registered: Uint8Array | undefined},
  made: MadeKeys,
): Promise<ChosenKeys> {
  const named = values.one("keys");
  if (named !== undefined) return {keys: await namedKeys(link, named), origin: "named"};
  if (registered !== undefined) {
    if (await isHeld(link, registered)) return {keys: registered, origin: "registered"};
    if (!values.has("replace-keys")) throw keysMismatch(link, registered);
  }
  const before = made.get();
  if (before !== undefined && (await isHeld(link, before.keys))) {
    return {...before, origin: "made before"};
  }
  const now = await makeKeys(link, account);
  made.set(now);
  return {...now, origin: "made now"};
}

/** Has the node make session keys that this account will register. Nodes of before 2026 know of no owner, and prove nothing. */
export async function makeKeys(link: NodeLink, owner: Uint8Array): Promise<GeneratedKeys> {
  try {
    const answer = await link.askUnsafe("author_rotateKeysWithOwner", bytesToHex(owner));
    const {keys, proof} = answer as {keys: string; proof?: string | null};
    return {keys: hex(keys), proof: hexToBytes(proof ?? "")};
  } catch (error) {
    if (!NodeLink.isUnknownMethod(error)) throw error;
    return {keys: hex((await link.askUnsafe("author_rotateKeys")) as string), proof: undefined};
  }
}

async function namedKeys(link: NodeLink, text: string): Promise<Uint8Array> {
  const keys = hexToBytes(text);
  if (keys !== undefined && (await isHeld(link, keys))) return keys;
  throw new DeskError({
    code: "keys-missing",
    what: "the node does not hold the session keys named",
    facts: [["keys", text]],
    todo: "leave --keys out to have new ones made, or put their secrets into its keystore (khala keys insert)",
  });
}

function keysMismatch(link: NodeLink, registered: Uint8Array): DeskError {
  return new DeskError({
    code: "keys-mismatch",
    what: "the session keys on the chain are not in this node's keystore",
    facts: [
      ["on chain", bytesToHex(registered)],
      ["node", `${link.place} holds none or only some of them`],
    ],
    todo:
      "run this against the node that holds them, or move them here (khala keys export and import, " +
      "with the other node off), or register new ones of this node: --replace-keys",
  });
}
