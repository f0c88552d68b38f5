import {hexToBytes} from "#base";
import {decodeSs58, PUBLIC_KEY_LENGTH, type SignatureScheme, type Ss58Prefix} from "#crypto";

/** A public key as people write it, with the network where an address names one. */
export interface WrittenPublicKey {
  readonly publicKey: Uint8Array;
  readonly network: Ss58Prefix | undefined;
}

/** A public key in hex or as an address; `undefined` where the text is neither, or of another scheme's length. */
export function parsePublicKey(
  text: string,
  scheme: SignatureScheme,
): WrittenPublicKey | undefined {
  const expected = PUBLIC_KEY_LENGTH[scheme];
  const fromHex = hexToBytes(text);
  if (fromHex !== undefined) {
    return fromHex.length === expected ? {publicKey: fromHex, network: undefined} : undefined;
  }
  const address = decodeSs58(text);
  if (!address.ok || address.value.bytes.length !== expected) return undefined;
  return {publicKey: address.value.bytes, network: address.value.prefix};
}
