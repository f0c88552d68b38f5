import {bytesToBinary, bytesToHex} from "#base";
import {encode} from "#codec";
import {createNativeHashing} from "#crypto-native";
import {CODE_KEY, header as headerCodec, headerHash} from "#primitives";
import {memoryState, type StateView} from "#state";
import {listRoot} from "#trie";
import {encodeBlock} from "./block-file.ts";
import type {SnapshotSubject} from "./manifest.ts";
import {packChunk, type SnapshotSource} from "./source.ts";

export const hashing = await createNativeHashing();
const hash = (bytes: Uint8Array) => hashing.blake2b256(bytes);

/** A state of accounts with a child trie among them, each value written by `salt`. */
export function stateOf(accounts: number, salt = 0): StateView {
  const entries = Array.from({length: accounts}, (_, i) => {
    const seed = Uint8Array.of(i, i >> 8, i >> 16);
    const value = new Uint8Array(40 + (i % 90)).fill(i + salt);
    return [bytesToBinary(hash(seed)), value] as [string, Uint8Array];
  });
  const child = entries.slice(0, accounts >> 2);
  return memoryState(entries, hash, 1, [["child", child]]);
}

/** What a made-up block is of. */
export interface MadeUpBlock {
  readonly number: number;
  readonly chain: SnapshotSubject["chain"];
  readonly body: readonly Uint8Array[];
}

const TEST_CHAIN: SnapshotSubject["chain"] = {
  name: "Test",
  id: "test",
  genesisHash: bytesToHex(hash(Uint8Array.of(3))),
  blockHashing: "blake2-256",
};

/** A snapshot of a made-up block after which that is the state. */
export function sourceOf(state: StateView, block: Partial<MadeUpBlock> = {}): SnapshotSource {
  const {number = 1_000, chain = TEST_CHAIN, body = [Uint8Array.of(4)]} = block;
  const header = {
    parentHash: hash(Uint8Array.of(1)),
    number,
    stateRoot: state.root(),
    extrinsicsRoot: listRoot(hash, body),
    digest: [],
  };
  const headerBytes = encode(headerCodec, header);
  return {
    subject: {
      chain,
      block: {
        number,
        hash: bytesToHex(headerHash(header, hashing)),
        stateRoot: bytesToHex(header.stateRoot),
        header: bytesToHex(headerBytes),
      },
      codeHash: bytesToHex(hash(state.get(CODE_KEY) ?? new Uint8Array(0))),
      isProved: false,
    },
    block: encodeBlock({header: headerBytes, body, justifications: undefined, finality: undefined}),
    chunk: async start => (await packChunk(state, start))!,
  };
}
