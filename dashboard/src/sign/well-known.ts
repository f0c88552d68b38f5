import {getPolkadotSigner} from "@polkadot-api/signer";
import {AccountId} from "@polkadot-api/substrate-bindings";
import {createPortableKeyPairs} from "../../../src/crypto/index.ts";
import {type ChainRuntime, readStorage, runtimeAt} from "../chain/runtime.ts";
import {whenChanges} from "../rpc/cadence.ts";
import {asked} from "../rpc/live.ts";
import {chain} from "../state/chain.ts";
import type {Signer} from "./signer.ts";

/** Those that development chains endow, and those of `khala net`. */
const WELL_KNOWN = [
  ...["//Alice", "//Bob", "//Charlie", "//Dave", "//Eve", "//Ferdie"],
  ...Array.from({length: 12}, (_, i) => `//Collator//${i + 1}`),
];

/** A path below the phrase that everybody knows, and no phrase of anybody's own. */
const PATH = /^(\/\/[\w-]+)+$/;

/**
 * Signs with a secret that everybody knows. Only for chains made for rehearsing: the page never asks for, and never
 * takes, a secret that guards anything.
 */
export async function wellKnownSigner(uri: string): Promise<Signer | undefined> {
  return signerOf(uri, await runtimeAt());
}

function signerOf(uri: string, {addressPrefix}: ChainRuntime): Signer | undefined {
  if (!PATH.test(uri)) return undefined;
  const pairs = createPortableKeyPairs(length => crypto.getRandomValues(new Uint8Array(length)));
  const pair = pairs.fromUri("sr25519", uri);
  if (!pair.ok) return undefined;
  const {publicKey} = pair.value;
  return {
    name: uri.slice(2),
    address: AccountId(addressPrefix).dec(publicKey),
    kind: "well-known",
    signer: getPolkadotSigner(publicKey, "Sr25519", message => pair.value.sign(message)),
  };
}

/** Which of them have an account on this chain. */
export const wellKnownHere = asked(
  async () => {
    const runtime = await runtimeAt();
    const signers = WELL_KNOWN.map(uri => ({uri, address: signerOf(uri, runtime)!.address}));
    const isHere = await Promise.all(
      signers.map(async ({address}) => {
        const {providers} = await readStorage<{providers: number}>(["System", "Account", address], {
          runtime,
        });
        return providers > 0;
      }),
    );
    return signers.filter((_, i) => isHere[i]).map(({uri}) => uri);
  },
  whenChanges(chain, 1_000),
);
