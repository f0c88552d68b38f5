import {bytesToBinary, bytesToHex, hexToBytes} from "#base";
import {createPortableHashing} from "#crypto";
import {verifyProof} from "#trie";

/** What a proof proves of keys under a state root; throws where it does not cover one. */
export function valuesProved(
  root: string,
  proof: readonly Uint8Array[],
  keys: readonly string[],
): (string | undefined)[] {
  const hashing = createPortableHashing();
  const names = keys.map(key => bytesToBinary(hexToBytes(key)!));
  const read = verifyProof(bytes => hashing.blake2b256(bytes), hexToBytes(root)!, proof, names);
  if (!read.ok) throw new Error(read.error.message);
  return names.map(name => {
    const value = read.value.get(name);
    return value && bytesToHex(value);
  });
}
