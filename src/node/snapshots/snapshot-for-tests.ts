import {type BinaryString, bytesToBinary, bytesToHex, unwrap} from "#base";
import {type ChainSpec, chooseChain, genesisToStore} from "#chain-spec";
import {createNativeCrypto} from "#crypto-native";
import type {SnapshotSource} from "#snapshot";
import {sourceOf} from "../../snapshot/snapshot-for-tests.ts";
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
  const {name, id} = spec;
  const genesisHash = bytesToHex(genesis.hash);
  const chain = {name, id, genesisHash, blockHashing: "blake2-256"} as const;
  return sourceOf(state, {number: 5_000, chain, body: []});
}
