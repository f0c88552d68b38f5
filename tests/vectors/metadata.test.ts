import assert from "node:assert/strict";
import {test} from "node:test";
import {createNativeCrypto} from "#crypto-native";
import type {CollatorChain} from "#runtime";
import {composeGargantuan} from "./gargantuan.ts";
import {MetadataReader, type ReadPallet, type ReadStorage} from "./metadata-reader.ts";
import {composeRhala} from "./rhala.ts";
import {type RegistryType, shapeOf} from "./type-shapes.ts";
import {readData} from "./vector.ts";

const crypto = await createNativeCrypto();

const PARTS = ["index", "calls", "events", "errors", "storage", "constants"] as const;

function comparePallets<Type>(
  runtime: string,
  ours: readonly ReadPallet<Type>[],
  recorded: readonly ReadPallet<Type>[],
): void {
  for (const pallet of recorded) {
    for (const part of PARTS) {
      test(`${runtime}: metadata of ${pallet.name}'s ${part}`, () => {
        const found = ours.find(({name}) => name === pallet.name);
        assert.deepEqual(found?.[part], pallet[part]);
      });
    }
  }
}

function testExtensions(
  runtime: string,
  {composition}: CollatorChain,
  recorded: readonly {identifier: string}[],
): void {
  test(`${runtime}: the signed extensions and their order`, () => {
    assert.deepEqual(
      composition.extensions.map(({identifier}) => identifier),
      recorded.map(({identifier}) => identifier),
    );
  });
}

const byIndex = (a: {index: number}, b: {index: number}) => a.index - b.index;

/** As recorded: fields are `name: type as in the source`, types of storage are told in one string. */
interface GargantuanPallet {
  readonly name: string;
  readonly index: number;
  readonly calls: readonly {index: number; name: string; fields: readonly string[]}[];
  readonly events: GargantuanPallet["calls"];
  readonly errors: GargantuanPallet["calls"];
  readonly storage: readonly {name: string; modifier: string; type: string; fallback: string}[];
  readonly constants: readonly {name: string; type: string; value: string}[];
}

/** Only its name is recorded, and it is an enum of other pallets' reasons. */
const HOLD_REASON = /\w+HoldReason/;

function storageType({hashers, key, value}: ReadStorage<string>): string {
  const type = key === undefined ? value : `map ${hashers.join()} ${key} => ${value}`;
  return type.replace(HOLD_REASON, "HoldReason");
}

function testGargantuan(): void {
  const {pallets, extrinsic} = readData("hyperbridge-100", "metadata-gargantuan-v15") as {
    pallets: readonly GargantuanPallet[];
    extrinsic: {extensions: readonly {identifier: string}[]};
  };
  const chain = composeGargantuan(crypto.hashing);
  testExtensions("hyperbridge-100", chain, extrinsic.extensions);
  const reader = new MetadataReader(chain, 15);
  const ours = reader.pallets(id => reader.clientName(id));
  const names = (fields: readonly string[]) => fields.map(field => field.split(":")[0]);
  for (const recorded of pallets) {
    const found = ours.find(({name}) => name === recorded.name);
    assert.ok(found, recorded.name);
    const variants = (part: "calls" | "events" | "errors") => {
      const theirs = recorded[part]
        .filter(({name}) => name !== "set_balance_deprecated")
        .map(({index, name, fields}) => ({index, name, fields: names(fields)}));
      const mine = found[part]
        .map(({index, name, fields}) => ({index, name, fields: fields.map(field => field.name)}))
        .sort(byIndex);
      assert.deepEqual(mine, theirs);
    };
    const where = `hyperbridge-100: metadata of ${recorded.name}'s`;
    test(`${where} index`, () => assert.equal(found.index, recorded.index));
    for (const part of ["calls", "events", "errors"] as const) {
      test(`${where} ${part}`, () => variants(part));
    }
    test(`${where} constants`, () => assert.deepEqual(found.constants, recorded.constants));
    test(`${where} storage`, () => {
      const mine = found.storage.map(item => {
        const {name, modifier, fallback} = item;
        return {name, modifier, type: storageType(item), fallback};
      });
      const theirs = recorded.storage.map(item => ({
        ...item,
        type: item.type.replace(HOLD_REASON, "HoldReason"),
      }));
      assert.deepEqual(mine, theirs);
    });
  }
}

interface RhalaType {
  readonly lookupId: number;
}

interface RhalaVariant {
  readonly index: number;
  readonly name: string;
  readonly fields: readonly (RhalaType & {name: string})[];
}

interface RhalaPallet {
  readonly index: number;
  readonly calls: readonly RhalaVariant[];
  readonly events: readonly RhalaVariant[];
  readonly errors: readonly RhalaVariant[];
  readonly storage: readonly {
    name: string;
    modifier: string;
    defaultBytes: string;
    hashers?: readonly string[];
    key?: RhalaType;
    value: RhalaType;
  }[];
  readonly constants: readonly (RhalaType & {name: string; valueHex: string})[];
}

function testRhala(): void {
  const metadata = readData("rhala-1241", "metadata-rhala") as {
    pallets: Readonly<Record<string, RhalaPallet>>;
    extrinsic: {signedExtensions: readonly {identifier: string; typePath: string}[]};
  };
  const list = readData("rhala-1241", "metadata-rhala-types") as readonly RegistryType[];
  const types = new Map(list.map(type => [type.id, type]));
  const shape = ({lookupId}: RhalaType) => shapeOf(lookupId, types);
  const variants = (all: readonly RhalaVariant[]) =>
    all.map(({index, name, fields}) => ({
      index,
      name,
      fields: fields.map(field => ({name: field.name ?? "", type: shape(field)})),
    }));
  const recorded = Object.entries(metadata.pallets).map(([name, pallet]) => ({
    name,
    index: pallet.index,
    calls: variants(pallet.calls),
    events: variants(pallet.events),
    errors: variants(pallet.errors),
    storage: pallet.storage.map(item => ({
      name: item.name,
      modifier: item.modifier,
      hashers: item.hashers ?? [],
      key: item.key && shape(item.key),
      value: shape(item.value),
      fallback: item.defaultBytes,
    })),
    constants: pallet.constants.map(constant => ({
      name: constant.name,
      type: shape(constant),
      value: constant.valueHex,
    })),
  }));
  const chain = composeRhala(crypto.hashing);
  const reader = new MetadataReader(chain, 14);
  const ourTypes = reader.types();
  comparePallets(
    "rhala-1241",
    reader.pallets(id => shapeOf(id, ourTypes)),
    recorded,
  );
  testExtensions("rhala-1241", chain, metadata.extrinsic.signedExtensions);
  for (const {identifier, typePath} of metadata.extrinsic.signedExtensions) {
    test(`rhala-1241: what ${identifier} puts into an extrinsic`, () => {
      const among = (all: ReadonlyMap<number, RegistryType>) =>
        [...all.values()].filter(({path}) => path === typePath).map(({id}) => shapeOf(id, all));
      assert.deepEqual(among(ourTypes), among(types));
    });
  }
}

testGargantuan();
testRhala();
