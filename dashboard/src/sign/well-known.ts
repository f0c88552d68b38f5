import {getPolkadotSigner} from "@polkadot-api/signer";
import {AccountId} from "@polkadot-api/substrate-bindings";
import {createPortableKeyPairs} from "../../../src/crypto/index.ts";
import {chain} from "../state/chain.ts";
import type {Signer} from "./signer.ts";

/** Those that development chains endow. */
export const WELL_KNOWN = ["//Alice", "//Bob", "//Charlie", "//Dave", "//Eve", "//Ferdie"] as const;

/** A path below the phrase that everybody knows, and no phrase of anybody's own. */
const PATH = /^(\/\/[\w-]+)+$/;

/**
 * Signs with a secret that everybody knows. Only for chains made for development: the page never asks for, and never
 * takes, a secret that guards anything.
 */
export function wellKnownSigner(uri: string): Signer | undefined {
  if (!PATH.test(uri)) return undefined;
  const pairs = createPortableKeyPairs(length => crypto.getRandomValues(new Uint8Array(length)));
  const pair = pairs.fromUri("sr25519", uri);
  if (!pair.ok) return undefined;
  const {publicKey} = pair.value;
  return {
    name: uri.slice(2),
    address: AccountId(chain.peek()?.ss58 ?? 42).dec(publicKey),
    kind: "well-known",
    signer: getPolkadotSigner(publicKey, "Sr25519", message => pair.value.sign(message)),
  };
}
