import assert from "node:assert/strict";
import {test} from "node:test";
import {$Metadata} from "@dedot/codecs";
import {Metadata, TypeRegistry} from "@polkadot/types";
import {bytesToHex, unwrap} from "#base";
import {bytes, decode, encode, option, u32, vec} from "#codec";
import {createPortableHashing} from "#crypto";
import {memoryState, Overlay} from "#state";
import {composeKhala, createRuntime, PRESET_PARAMETERS} from "../../chains/index.ts";
import {METADATA_VERSIONS} from "./index.ts";

const hashing = createPortableHashing();
const khala = composeKhala(PRESET_PARAMETERS.dev, hashing);
const runtime = createRuntime(khala);
const host = {
  state: new Overlay(memoryState([], data => hashing.blake2b256(data))),
  verifySignature: () => false,
};

const answer = (name: string, args: Uint8Array = new Uint8Array(0)) =>
  unwrap(runtime.call(name, args, host));

function metadataOf(version: number): Uint8Array | undefined {
  const encoded = answer("Metadata_metadata_at_version", encode(u32, version));
  return unwrap(decode(option(bytes), encoded));
}

test("three formats are offered, the oldest to those who do not ask", () => {
  assert.deepEqual(unwrap(decode(vec(u32), answer("Metadata_metadata_versions"))), [14, 15, 16]);
  assert.deepEqual(unwrap(decode(bytes, answer("Metadata_metadata"))), metadataOf(14));
  for (const version of [0, 13, 17, 0xffff_ffff]) assert.equal(metadataOf(version), undefined);
});

for (const version of METADATA_VERSIONS) {
  const encoded = metadataOf(version)!;

  test(`another program reads V${version} and writes the same bytes`, () => {
    const decoded = $Metadata.tryDecode(encoded);
    assert.equal(bytesToHex($Metadata.tryEncode(decoded)), bytesToHex(encoded));
  });

  test(`clients find everything that a pallet declares in V${version}`, () => {
    const registry = new TypeRegistry();
    const metadata = new Metadata(registry, encoded);
    registry.setMetadata(metadata);
    assert.equal(metadata.version, version);
    const published = metadata.asLatest.pallets;
    assert.deepEqual(
      published.map(({name, index}) => [name.toString(), index.toNumber()]),
      khala.composition.pallets.map(({name, index}) => [name, index]),
    );
    const variantsOf = (type: Parameters<typeof registry.lookup.getSiType>[0]) =>
      registry.lookup
        .getSiType(type)
        .def.asVariant.variants.map(({name, index}) => `${name} ${index}`)
        .sort();
    for (const [i, pallet] of khala.composition.pallets.entries()) {
      const shown = published[i]!;
      const items = shown.storage.isSome ? shown.storage.unwrap().items : [];
      assert.deepEqual(
        items.map(({name, modifier, fallback}) => [`${name}`, `${modifier}`, fallback.toHex()]),
        pallet.storage.map(({name, modifier, fallback}) => [name, modifier, bytesToHex(fallback)]),
        pallet.name,
      );
      assert.deepEqual(
        shown.constants.map(({name, value}) => [`${name}`, value.toHex()]),
        pallet.constants.map(({name, value}) => [name, bytesToHex(value)]),
        pallet.name,
      );
      assert.deepEqual(
        shown.calls.isSome ? variantsOf(shown.calls.unwrap().type) : [],
        (pallet.calls ?? []).map(({name, index}) => `${name} ${index}`).sort(),
        pallet.name,
      );
      const declared = (def: {kind: string} | undefined) =>
        (def as {variants?: {name: string; index: number}[]} | undefined)?.variants
          ?.map(({name, index}) => `${name} ${index}`)
          .sort() ?? [];
      assert.deepEqual(
        shown.events.isSome ? variantsOf(shown.events.unwrap().type) : [],
        declared(pallet.events?.info.def),
        pallet.name,
      );
      assert.deepEqual(
        shown.errors.isSome ? variantsOf(shown.errors.unwrap().type) : [],
        declared(pallet.errors?.def),
        pallet.name,
      );
    }
  });

  test(`clients find the signed extensions in V${version}, in their order`, () => {
    const registry = new TypeRegistry();
    const {extrinsic} = new Metadata(registry, encoded).asLatest;
    assert.deepEqual(
      extrinsic.transactionExtensions.map(({identifier}) => identifier.toString()),
      khala.composition.extensions.map(({identifier}) => identifier),
    );
  });
}

test("a call keeps upstream's names of its arguments", () => {
  const registry = new TypeRegistry();
  const metadata = new Metadata(registry, metadataOf(14)!);
  registry.setMetadata(metadata);
  const balances = metadata.asLatest.pallets.find(({name}) => name.eq("Balances"))!;
  const transferAll = registry.lookup
    .getSiType(balances.calls.unwrap().type)
    .def.asVariant.variants.find(({name}) => name.eq("transfer_all"))!;
  assert.deepEqual(
    transferAll.fields.map(({name}) => name.unwrap().toString()),
    ["dest", "keep_alive"],
  );
});
