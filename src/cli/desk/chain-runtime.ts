import {bytesToHex, hex, utf8Bytes} from "#base";
import {encode, u32} from "#codec";
import type {Hashing} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {type ChainDescription, describe, describeRuntime} from "#description";
import {createRuntimes} from "#node";
import {CODE_KEY, type Hash, type RuntimeVersion} from "#primitives";
import {memoryState, Overlay} from "#state";
import {type Ask, RpcFailure} from "../rpc-client.ts";
import {DeskError} from "./desk-error.ts";

/** What transactions of a chain are written and signed for: its runtime, as it describes itself at one block. */
export interface ChainRuntime {
  readonly description: ChainDescription;
  readonly specVersion: number;
  readonly transactionVersion: number;
  /** What it may be asked. Metadata can list more. */
  readonly apis: RuntimeVersion["apis"];
  readonly genesisHash: Hash;
  readonly hashing: Hashing;
}

/** Asked once for a command: half a megabyte. `block`: whose runtime, instead of the best block's. */
export async function askRuntime(
  ask: Ask,
  hashing: Hashing,
  block?: string,
): Promise<ChainRuntime> {
  const at = block ?? ((await ask("chain_getBlockHash")) as string);
  const [genesis, version, description] = await Promise.all([
    ask("chain_getBlockHash", 0) as Promise<string>,
    ask("state_getRuntimeVersion", at) as Promise<{
      specVersion: number;
      transactionVersion: number;
      apis: readonly (readonly [string, number])[];
    }>,
    askDescription(ask, at),
  ]);
  const {specVersion, transactionVersion} = version;
  const apis = version.apis.map(([id, number]): [Uint8Array, number] => [hex(id), number]);
  const genesisHash = hex(genesis) as Hash;
  return {description, specVersion, transactionVersion, apis, genesisHash, hashing};
}

/** Versions of metadata that are asked for by number, the one that says most first. */
const ASKED = [15, 14];

async function askDescription(ask: Ask, at: string): Promise<ChainDescription> {
  for (const version of ASKED) {
    const args = bytesToHex(encode(u32, version));
    const answer = await orNothing(ask("state_call", "Metadata_metadata_at_version", args, at));
    const described = answer === undefined ? undefined : describe(hex(answer as string));
    if (described?.ok) return described.value;
  }
  // Older runtimes are not asked by number.
  const described = describe(hex((await ask("state_getMetadata", at)) as string));
  if (described.ok) {
    return described.value.metadataVersion === 13
      ? ((await describeHere(ask, at)) ?? described.value)
      : described.value;
  }
  throw new DeskError({
    code: "metadata-unreadable",
    what: "the chain does not describe its calls in a form that this program reads",
    facts: [["reason", described.error.code]],
    todo: "use a newer version of this program, or another wallet for this chain",
  });
}

/**
 * Metadata of 2021 does not tell what session keys are made of; the runtime itself does, run here. Undefined where it does not
 * run.
 */
async function describeHere(ask: Ask, at: string): Promise<ChainDescription | undefined> {
  const code = await orNothing(ask("state_getStorage", bytesToHex(utf8Bytes(CODE_KEY)), at));
  if (typeof code !== "string") return undefined;
  const crypto = await createNativeCrypto();
  const state = memoryState([[CODE_KEY, hex(code)]], data => crypto.hashing.blake2b256(data));
  const runtime = createRuntimes(crypto).runtimeOf(state);
  if (!runtime.ok) return undefined;
  const host = {state: new Overlay(state), verifySignature: () => false};
  const described = describeRuntime(runtime.value, host);
  return described.ok ? described.value : undefined;
}

/** What a node has no answer to. */
async function orNothing(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RpcFailure) return undefined;
    throw error;
  }
}
