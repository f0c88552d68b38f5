import assert from "node:assert/strict";
import {test} from "node:test";
import {Metadata, TypeRegistry} from "@polkadot/types";
import {bytesToHex, concatBytes, type Hex, unwrap} from "#base";
import {bytes, encode, option} from "#codec";
import {describe, innerMetadata, type PalletDescription, variantsOf} from "./index.ts";
import {GENUINE, genuineMetadata} from "./test-kit/genuine-metadata.ts";
import {bare, khala, metadataOf} from "./test-kit/our-metadata.ts";

const summaryOf = ({
  name,
  index,
  storage,
  calls,
  events,
  errors,
  constants,
}: PalletDescription) => ({
  name,
  index,
  storage: storage.map(item => ({
    name: item.name,
    prefix: item.prefix,
    modifier: item.modifier,
    hashers: item.hashers,
    keys: item.keys.length,
    fallback: bytesToHex(item.fallback),
    docs: item.docs,
  })),
  calls: variantsOf(calls).map(one => `${one.index} ${one.name}(${one.fields.map(f => f.name)})`),
  events: variantsOf(events).map(one => `${one.index} ${one.name} ${one.fields.length}`),
  errors: variantsOf(errors).map(one => `${one.index} ${one.name} ${one.docs}`),
  constants: constants.map(one => `${one.name} ${bytesToHex(one.value)} ${one.docs}`),
});

/** The same by the decoder that clients use, which brings all versions into the form of the newest. */
function readByClient(metadata: Uint8Array): {
  readonly version: number;
  readonly pallets: readonly ReturnType<typeof summaryOf>[];
  readonly extensions: readonly string[];
} {
  const registry = new TypeRegistry();
  const read = new Metadata(registry, bytesToHex(innerMetadata(metadata)!));
  registry.setMetadata(read);
  const {pallets, extrinsic} = read.asLatest;
  const typeOf = (id: Parameters<typeof registry.lookup.getSiType>[0]) =>
    registry.lookup.getSiType(id);
  const cases = (part: (typeof pallets)[number]["calls"] | (typeof pallets)[number]["events"]) =>
    part.isSome ? [...typeOf(part.unwrap().type).def.asVariant.variants] : [];
  return {
    version: read.version,
    extensions: extrinsic.transactionExtensions.map(({identifier}) => identifier.toString()),
    pallets: pallets.map(pallet => ({
      name: pallet.name.toString(),
      index: pallet.index.toNumber(),
      storage: (pallet.storage.isSome ? [...pallet.storage.unwrap().items] : []).map(item => {
        const hashers = item.type.isMap ? item.type.asMap.hashers.map(one => one.type) : [];
        return {
          name: item.name.toString(),
          prefix: pallet.storage.unwrap().prefix.toString(),
          modifier: item.modifier.type as "Optional" | "Default",
          hashers: hashers as PalletDescription["storage"][number]["hashers"],
          keys: hashers.length,
          fallback: item.fallback.toHex() as Hex,
          docs: item.docs.map(String),
        };
      }),
      calls: cases(pallet.calls).map(
        one => `${one.index} ${one.name}(${one.fields.map(field => String(field.name.unwrap()))})`,
      ),
      events: cases(pallet.events).map(one => `${one.index} ${one.name} ${one.fields.length}`),
      errors: cases(pallet.errors).map(one => `${one.index} ${one.name} ${one.docs.map(String)}`),
      constants: pallet.constants.map(
        one => `${one.name} ${one.value.toHex()} ${one.docs.map(String)}`,
      ),
    })),
  };
}

for (const genuine of GENUINE) {
  test(`metadata of ${genuine.join(", ")} says what a client reads in it`, async () => {
    const metadata = await genuineMetadata(genuine);
    const description = unwrap(describe(metadata));
    const client = readByClient(metadata);
    assert.equal(description.metadataVersion, client.version);
    assert.deepEqual(description.pallets.map(summaryOf), client.pallets);
    assert.deepEqual(
      description.extrinsic.extensions.map(({identifier}) => identifier),
      client.extensions,
    );
    const {call, event, error} = description;
    const withPart = (part: "calls" | "events" | "errors") =>
      description.pallets.filter(pallet => pallet[part]).map(({name, index}) => `${index} ${name}`);
    const namesIn = (type: typeof call) =>
      variantsOf(type).map(({name, index}) => `${index} ${name}`);
    // A runtime may list there what is left of a pallet that is gone.
    const missing = (part: "calls" | "events" | "errors", all: typeof call) =>
      withPart(part).filter(name => !namesIn(all).includes(name));
    assert.deepEqual(missing("calls", call), []);
    assert.deepEqual(missing("events", event), []);
    assert.deepEqual(missing("errors", error), []);
  });
}

test("our own runtime is described alike by all versions that it publishes", () => {
  const [v14, v15, v16] = [14, 15, 16].map(version => unwrap(describe(metadataOf(khala, version))));
  const docs = v15!.pallets.map(pallet => ({...pallet, docs: []})).map(summaryOf);
  assert.deepEqual(v14!.pallets.map(summaryOf), docs);
  assert.deepEqual(v16!.pallets.map(summaryOf), docs);
  assert.deepEqual(v16!.extrinsic.versions, [4]);
  assert.deepEqual([...v16!.extrinsic.extensionsByVersion.keys()], [0]);
  assert.equal(v14!.apis, undefined);
  const apis = (description: typeof v15) =>
    description!.apis!.map(({name, methods}) => `${name} ${methods.map(method => method.name)}`);
  assert.deepEqual(apis(v16), apis(v15));
  assert.ok(apis(v15).some(text => text.startsWith("Core version")));
  assert.equal(v15!.apis!.find(({name}) => name === "Core")!.version, undefined);
  assert.equal(v16!.apis!.find(({name}) => name === "Core")!.version, 4);
});

test("metadata is found in all wrappings that callers get it in", () => {
  const answer = metadataOf(khala, 15);
  const plain = bare(answer);
  for (const wrapped of [plain, encode(bytes, plain), encode(option(bytes), plain)]) {
    assert.deepEqual(innerMetadata(wrapped), plain);
    assert.equal(describe(wrapped).ok, true);
  }
  for (const other of [
    encode(option(bytes), undefined),
    new Uint8Array(0),
    concatBytes(encode(bytes, plain), Uint8Array.of(0)),
    concatBytes(Uint8Array.of(2), encode(bytes, plain)),
    encode(bytes, encode(bytes, plain)),
  ]) {
    assert.deepEqual(describe(other), {ok: false, error: {code: "not-metadata"}});
  }
});

test("versions that nobody here reads, and what is cut off or too long, are told apart", () => {
  const plain = bare(metadataOf(khala, 14));
  const magic = plain.subarray(0, 4);
  for (const version of [0, 12, 17, 255]) {
    assert.deepEqual(describe(concatBytes(magic, Uint8Array.of(version))), {
      ok: false,
      error: {code: "version-unsupported", version},
    });
  }
  const codeOf = (metadata: Uint8Array) => {
    const read = describe(metadata);
    return read.ok ? "described" : `${read.error.code} ${"offset" in read.error}`;
  };
  assert.equal(codeOf(plain), "described");
  assert.equal(codeOf(magic), "malformed true");
  assert.equal(codeOf(concatBytes(plain, Uint8Array.of(0))), "malformed true");
  for (let length = 5; length < plain.length; length += 997) {
    assert.equal(codeOf(plain.subarray(0, length)), "malformed true", `${length} bytes`);
  }
});
