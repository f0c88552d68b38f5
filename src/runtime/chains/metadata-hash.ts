import type {Hash} from "#primitives";
import type {Composition} from "../executive/index.ts";
import {metadataHash, type Token} from "../frame/metadata/index.ts";

/**
 * The hash of a chain's metadata, made when it is first asked for and kept. It hashes the very extensions one of which
 * asks for it, hence the function.
 */
export function metadataHashOf(
  composition: () => Composition,
  ss58Prefix: number,
  token: Token,
): () => Hash {
  let known: Hash | undefined;
  return () => {
    if (known === undefined) {
      const {crate, version, pallets, extensions, runtimeCall, runtimeEvent, hashing} =
        composition();
      known = metadataHash(
        {crate, pallets, extensions, call: runtimeCall, event: runtimeEvent},
        {version, ss58Prefix, token},
        data => hashing.blake3(data),
      );
    }
    return known;
  };
}
