import {type BinaryString, bytesToBinary, bytesToHex, unwrap} from "#base";
import {type ChainSpec, chooseChain, genesisToStore} from "#chain-spec";
import {encode} from "#codec";
import {createNativeCrypto} from "#crypto-native";
import {CODE_KEY, header as headerCodec, headerHash} from "#primitives";
import {encodeBlock, packChunk, type SnapshotSource} from "#snapshot";
import {listRoot} from "#trie";
import {genesisMakers} from "../runtimes.ts";

export const devSpec = (): ChainSpec =>
  unwrap(
    chooseChain({chain: "dev", parameters: []}, () => {
      throw new Error("no file is needed");
    }),
  ).spec;

/** A snapshot of a made-up block of the dev chain, whose state has so many entries beside those of its first block. */
export async function madeUpSource(entries: number): Promise<SnapshotSource> {
  const crypto = await createNativeCrypto();
  const {hashing} = crypto;
  const spec = devSpec();
  const genesis = unwrap(genesisToStore(spec.genesis, genesisMakers(crypto)));
  const added = Array.from({length: entries}, (_, i): [BinaryString, Uint8Array] => {
    const seed = new Uint8Array(32);
    new DataView(seed.buffer).setUint32(0, i);
    return [bytesToBinary(hashing.blake2b256(seed)), new Uint8Array(80).fill(i)];
  });
  added.sort(([a], [b]) => (a < b ? -1 : 1));
  const state = genesis.state.update({top: added, children: new Map()}, 1);
  const header = {
    parentHash: hashing.blake2b256(new Uint8Array(1)),
    number: 5_000,
    stateRoot: state.root(),
    extrinsicsRoot: listRoot(data => hashing.blake2b256(data), []),
    digest: [],
  };
  const headerBytes = encode(headerCodec, header);
  return {
    subject: {
      chain: {
        name: spec.name,
        id: spec.id,
        genesisHash: bytesToHex(genesis.hash),
        blockHashing: "blake2-256",
      },
      block: {
        number: header.number,
        hash: bytesToHex(headerHash(header, hashing)),
        stateRoot: bytesToHex(header.stateRoot),
        header: bytesToHex(headerBytes),
      },
      codeHash: bytesToHex(hashing.blake2b256(state.get(CODE_KEY)!)),
      isProved: false,
    },
    block: encodeBlock({
      header: headerBytes,
      body: [],
      justifications: undefined,
      finality: undefined,
    }),
    chunk: async start => (await packChunk(state, start))!,
  };
}
