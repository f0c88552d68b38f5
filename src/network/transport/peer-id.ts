/** A peer's name on the network: base58 of its public key as libp2p writes it, `12D3Koo…`. */
export type PeerId = string;
