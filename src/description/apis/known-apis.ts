import type {TypeInfo} from "#codec";
import type {ApiDescription, ChainDescription} from "../chain-description.ts";
import {findItem} from "../find.ts";
import {TextTypes} from "../text-types/text-types.ts";

type Signature = readonly [inputs: Readonly<Record<string, string>>, output: string];

/**
 * APIs whose types are the same in each of their versions, as `sp_consensus_aura`, `sp_consensus_grandpa`, `frame_system_rpc_runtime_api`,
 * `sp_session` and `sp_api` declare them. Others changed with the runtimes, and are not guessed.
 */
const KNOWN: Readonly<Record<string, Readonly<Record<string, Signature>>>> = {
  AuraApi: {
    slot_duration: [{}, "u64"],
    authorities: [{}, "Vec<[u8; 32]>"],
  },
  GrandpaApi: {
    grandpa_authorities: [{}, "Vec<([u8; 32], u64)>"],
    current_set_id: [{}, "u64"],
  },
  AccountNonceApi: {
    account_nonce: [{account: "AccountId"}, "u32"],
  },
  SessionKeys: {
    generate_session_keys: [{seed: "Option<Vec<u8>>"}, "Vec<u8>"],
    decode_session_keys: [{encoded: "Vec<u8>"}, "Option<Vec<(Vec<u8>, [u8; 4])>>"],
  },
  Metadata: {
    metadata: [{}, "Vec<u8>"],
  },
};

const MADE = new WeakMap<ChainDescription, readonly ApiDescription[]>();

/** Of a runtime whose metadata has none; accounts and nonces are what its own `System.Account` has. */
export function knownApis(description: ChainDescription): readonly ApiDescription[] {
  let made = MADE.get(description);
  if (made === undefined) {
    made = make(description);
    MADE.set(description, made);
  }
  return made;
}

function make(description: ChainDescription): readonly ApiDescription[] {
  const account: TypeInfo | undefined = findItem(description, "System.Account")?.keys[0];
  const types = new TextTypes(account === undefined ? {} : {AccountId: account});
  const typeOf = (text: string) => types.typeOf(text, "");
  return Object.entries(KNOWN).map(([name, methods]) => ({
    name,
    version: undefined,
    docs: [],
    methods: Object.entries(methods).map(([method, [inputs, output]]) => ({
      name: method,
      inputs: Object.entries(inputs).map(([input, text]) => ({name: input, type: typeOf(text)})),
      output: typeOf(output),
      docs: [],
    })),
  }));
}
