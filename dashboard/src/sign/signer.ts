import type {PolkadotSigner} from "@polkadot-api/signer";
import {signal} from "@preact/signals";

/** Who signs what this page sends. */
export interface Signer {
  readonly name: string;
  readonly address: string;
  readonly kind: "wallet" | "well-known";
  readonly signer: PolkadotSigner;
}

/** Nobody at first: the page only reads. */
export const signer = signal<Signer | undefined>(undefined);
