import assert from "node:assert/strict";
import {test} from "node:test";
import {merkleizeMetadata} from "@polkadot-api/merkleize-metadata";
import {bytesToHex, utf8Bytes} from "#base";
import {bitSequence, vec} from "#codec";
import {createPortableHashing} from "#crypto";
import {weightOf} from "#primitives";
import {
  collatorChainApis,
  composeKhala,
  PRESET_PARAMETERS,
  type PresetName,
} from "../../../chains/index.ts";
import {call, done, type Pallet, runtimeCallCodec} from "../../index.ts";
import {encodeMetadata, metadataHash} from "../index.ts";
import {merkleRoot} from "./merkle-root.ts";

const hashing = createPortableHashing();

/** A preset's chain with all that metadata describes. */
function described(preset: PresetName) {
  const chain = composeKhala(PRESET_PARAMETERS[preset], hashing);
  const {crate, pallets, extensions, runtimeCall, runtimeEvent} = chain.composition;
  const apis = collatorChainApis(chain);
  return {
    chain,
    description: {crate, pallets, extensions, call: runtimeCall, event: runtimeEvent, apis},
  };
}

for (const preset of Object.keys(PRESET_PARAMETERS) as PresetName[]) {
  test(`another program makes the same hash of ${preset}'s metadata, whichever version it reads`, () => {
    const {chain, description} = described(preset);
    for (const version of [15, 16] as const) {
      const {digest} = merkleizeMetadata(encodeMetadata(description, version), {
        decimals: 12,
        tokenSymbol: "PHA",
        base58Prefix: 30,
        specName: "khala-ts",
        specVersion: chain.composition.version.specVersion,
      });
      assert.equal(bytesToHex(chain.metadataHash!()), bytesToHex(digest()), `V${version}`);
    }
  });
}

test("bit sequences of every width and order are leaves of the tree, as another program makes them", () => {
  const {chain, description} = described("dev");
  const {crate} = description;
  const {version} = chain.composition;
  const digests = new Set<string>();
  for (const store of ["u8", "u16", "u32", "u64"] as const) {
    for (const order of ["Lsb0", "Msb0"] as const) {
      const bits = bitSequence(store, order);
      const pallet: Pallet = {
        name: "Votes",
        index: 200,
        docs: "",
        crate: "pallet_votes",
        storageVersion: 0,
        storage: [],
        constants: [],
        calls: [
          call({
            name: "vote",
            index: 0,
            docs: "",
            args: {ayes: bits, all: vec(bits)},
            weight: () => weightOf(0n),
            dispatch: () => done(),
          }),
        ],
      };
      // Without the pallets whose calls hold calls, which are of the chain as it is composed.
      const pallets = [...description.pallets.filter(({name}) => name === "System"), pallet];
      const more = {
        ...description,
        pallets,
        call: runtimeCallCodec(crate, () => pallets),
        apis: [],
      };
      const ours = metadataHash(
        more,
        {version, ss58Prefix: 30, token: {symbol: "PHA", decimals: 12}},
        data => hashing.blake3(data),
      );
      for (const version of [15, 16] as const) {
        const {digest} = merkleizeMetadata(encodeMetadata(more, version), {
          decimals: 12,
          tokenSymbol: "PHA",
        });
        assert.equal(bytesToHex(ours), bytesToHex(digest()), `${store}, ${order}, V${version}`);
      }
      digests.add(bytesToHex(ours));
    }
  }
  assert.equal(digests.size, 8);
});

test("what a device would show differently makes another hash", () => {
  const {chain, description} = described("dev");
  const {version} = chain.composition;
  const identity = {version, ss58Prefix: 30, token: {symbol: "PHA", decimals: 12}};
  const hashOf = (changed: Partial<typeof identity>, described: Partial<typeof description> = {}) =>
    bytesToHex(
      metadataHash({...description, ...described}, {...identity, ...changed}, data =>
        hashing.blake3(data),
      ),
    );
  const all = [
    hashOf({}),
    hashOf({ss58Prefix: 42}),
    hashOf({token: {symbol: "PHB", decimals: 12}}),
    hashOf({token: {symbol: "PHA", decimals: 10}}),
    hashOf({version: {...version, specVersion: version.specVersion + 1}}),
    hashOf({version: {...version, specName: "khala"}}),
    hashOf({}, {extensions: description.extensions.slice(1)}),
    hashOf({}, {call: chain.composition.runtimeEvent as never}),
  ];
  assert.equal(all[0], bytesToHex(chain.metadataHash!()));
  assert.equal(new Set(all).size, all.length);
});

/** Shows how nodes were put together instead of hashing them: leaves are digits. */
function shapeOf(leaves: number): string {
  const shown = new Map<string, string>();
  const root = merkleRoot(
    Array.from({length: leaves}, (_, i) => Uint8Array.of(i)),
    data => {
      const shape =
        data.length === 1
          ? `${data[0]}`
          : `[${shown.get(bytesToHex(data.subarray(0, 32)))} ${shown.get(bytesToHex(data.subarray(32)))}]`;
      const digest = hashing.blake2b256(utf8Bytes(shape));
      shown.set(bytesToHex(digest), shape);
      return digest;
    },
  );
  return shown.get(bytesToHex(root)) ?? bytesToHex(root);
}

test("the tree has the shape in which signing devices know it", () => {
  assert.equal(shapeOf(0), `0x${"00".repeat(32)}`);
  assert.equal(shapeOf(1), "0");
  assert.equal(shapeOf(2), "[0 1]");
  assert.equal(shapeOf(5), "[[[3 4] 0] [1 2]]");
  // RFC 78 draws this one differently than the five above it; programs agree on this.
  assert.equal(shapeOf(6), "[[[2 3] [4 5]] [0 1]]");
});
