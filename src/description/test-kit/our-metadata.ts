import {unwrap} from "#base";
import {bytes, decode, encode, option, u32} from "#codec";
import {createPortableHashing} from "#crypto";
import {type CollatorChain, composeKhala, createRuntime, PRESET_PARAMETERS} from "#runtime";
import {memoryState, Overlay} from "#state";
import type {ChainDescription} from "../chain-description.ts";
import {describe} from "../describe.ts";

export const hashing = createPortableHashing();
export const khala = composeKhala(PRESET_PARAMETERS.standalone, hashing);

/** What the runtime answers to clients that ask for metadata of a version. */
export function metadataOf(chain: CollatorChain, version: number): Uint8Array {
  const state = new Overlay(memoryState([], data => hashing.blake2b256(data)));
  const host = {state, verifySignature: () => false};
  return unwrap(
    createRuntime(chain).call("Metadata_metadata_at_version", encode(u32, version), host),
  );
}

export function descriptionOf(chain: CollatorChain, version = 15): ChainDescription {
  return unwrap(describe(metadataOf(chain, version)));
}

export const bare = (opaque: Uint8Array): Uint8Array => unwrap(decode(option(bytes), opaque))!;
