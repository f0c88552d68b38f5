import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToHex, hex, unwrap} from "#base";
import {decode, struct, type TypeInfo} from "#codec";
import {accountId, multiAddress} from "#primitives";
import {
  type ChainDescription,
  codecOf,
  describe,
  findCall,
  findEvent,
  findItem,
  isUnknown,
  readConstant,
  readValue,
  writeValue,
} from "../index.ts";
import {GENUINE, genuineMetadata} from "../test-kit/genuine-metadata.ts";
import {parseTypeText} from "./parse-type-text.ts";
import {TextTypes} from "./text-types.ts";

const types = new TextTypes({});
/** What a text comes to, as one would write it down. */
const shown = (type: TypeInfo): string => {
  const {def, path} = type;
  if (isUnknown(type)) return `?${type.unknown}`;
  switch (def.kind) {
    case "primitive":
      return def.name;
    case "sequence":
      return `[${shown(def.element)}]`;
    case "array":
      return `[${shown(def.element)}; ${def.length}]`;
    case "tuple":
      return `(${def.elements.map(shown).join(", ")})`;
    case "compact":
      return `compact ${shown(def.inner)}`;
    case "variant":
      return `${path.join("::")}(${def.variants.flatMap(({fields}) => fields.map(({type}) => shown(type))).join(", ")})`;
    default:
      return path.join("::");
  }
};
const resolved = (text: string, pallet = "System") => shown(types.typeOf(text, pallet));

test("texts of types are read as Rust means them", () => {
  assert.equal(resolved("u8"), "u8");
  assert.equal(resolved("Vec<(T::BlockNumber, EventIndex)>"), "[(u32, u32)]");
  assert.equal(resolved("(\n  Vec < u8 > ,\n)"), "([u8])");
  assert.equal(resolved("(u8)"), "u8");
  assert.equal(resolved("& 'static[u8]"), "[u8]");
  assert.equal(resolved("[[u8; 4]; 2]"), "[[u8; 4]; 2]");
  assert.equal(resolved("Option<Box<Compact<BalanceOf<T, I>>>>"), "Option(compact u128)");
  assert.equal(resolved("BTreeMap<u8, bool>"), "[(u8, bool)]");
  assert.equal(resolved("Result<(), DispatchError>").slice(0, 9), "Result(()");
  assert.equal(resolved("BoundedVec<u8, T ::MaxLength>"), "[u8]");
  assert.equal(resolved("<T as frame_system::Config>::AccountId"), "sp_core::crypto::AccountId32");
  assert.equal(types.typeOf("<T::Lookup as StaticLookup>::Source", ""), multiAddress.info);
  assert.equal(resolved("sp_std::marker::PhantomData<(AccountId, Event)>"), "()");
});

test("a name means what its pallet means by it, and nothing where nobody knows", () => {
  assert.equal(resolved("Phase"), "Phase(u32)");
  assert.equal(resolved("Phase<T::BlockNumber>", "ElectionProviderMultiPhase"), "?Phase");
  assert.equal(resolved("Releases", "Balances"), "Releases()");
  assert.equal(resolved("Releases", "Staking"), "?Releases");
  assert.equal(resolved("Vec<(T::ValidatorId, T::Keys)>", "Session").includes("?Keys"), true);
  for (const odd of ["constructor", "__proto__", "Vec<", "fn(u8)", "", "(u8", "[u8; x]", "u8 u8"]) {
    assert.match(resolved(odd), /^\?/, odd);
  }
  assert.match(resolved(`${"Vec<".repeat(1_000)}u8${">".repeat(1_000)}`), /^\?/);
});

test("any text is read or refused", () => {
  const part = fc.constantFrom(
    "Vec",
    "<",
    ">",
    "(",
    ")",
    "[",
    "]",
    ";",
    "::",
    ",",
    "u8",
    " as ",
    "4",
    "&",
    "T",
  );
  fc.assert(
    fc.property(fc.array(part), parts => {
      const parsed = parseTypeText(parts.join(""));
      if (parsed !== undefined)
        assert.ok(resolved(parts.join("")).length > 0, "nothing came of it");
    }),
    {numRuns: 2_000},
  );
});

const described = new Map<string, Promise<ChainDescription>>();
const descriptionOf = (chain: string) => {
  const genuine = GENUINE.find(([version, name]) => version === "v13" && name === chain)!;
  const known =
    described.get(chain) ?? genuineMetadata(genuine).then(bytes => unwrap(describe(bytes)));
  described.set(chain, known);
  return known;
};

for (const chain of ["substrate", "polkadot", "kusama"]) {
  test(`what names stand for fits the defaults and constants of ${chain} in 2021, byte by byte`, async () => {
    const {pallets} = await descriptionOf(chain);
    const unknown: string[] = [];
    let known = 0;
    const check = (name: string, type: TypeInfo, bytes: Uint8Array) => {
      const read = readValue(type, bytes);
      if (!read.ok) {
        assert.equal(read.error.code, "type-unknown", `${name}: ${read.error.message}`);
        unknown.push(name);
        return;
      }
      assert.equal(bytesToHex(unwrap(writeValue(type, read.value))), bytesToHex(bytes), name);
      known++;
    };
    for (const {name, constants, storage} of pallets) {
      for (const constant of constants)
        check(`${name}.${constant.name}`, constant.type, constant.value);
      for (const item of storage) {
        if (item.modifier === "Default") check(`${name}.${item.name}`, item.value, item.fallback);
      }
    }
    assert.ok(known > 6 * unknown.length, `${known} known, unknown: ${unknown.join(", ")}`);
    const ofSystem = unknown.filter(name => /^(System|Balances|Timestamp|Session)\./.test(name));
    assert.deepEqual(ofSystem, []);
  });
}

test("accounts, calls within calls and events of 2021 are read by their names", async () => {
  const kusama = await descriptionOf("kusama");
  const account = findItem(kusama, "System.Account")!;
  assert.deepEqual(account.hashers, ["Blake2_128Concat"]);
  assert.equal(account.keys[0], accountId.info);
  assert.deepEqual(unwrap(readValue(account.value, account.fallback)), {
    nonce: 0,
    consumers: 0,
    providers: 0,
    sufficients: 0,
    data: {free: 0n, reserved: 0n, miscFrozen: 0n, feeFrozen: 0n},
  });
  assert.deepEqual(readConstant(kusama, "System.SS58Prefix"), {ok: true, value: 2});
  assert.deepEqual(readConstant(kusama, "Balances.ExistentialDeposit"), {
    ok: true,
    value: 33_333_333n,
  });
  assert.deepEqual(readConstant(kusama, "Balances.Other"), {
    ok: false,
    error: {code: "not-published"},
  });
  const transfer = findEvent(kusama, "Balances.Transfer")!;
  assert.deepEqual(
    transfer.variant.fields.map(({name, typeName}) => [name, typeName]),
    [
      [undefined, "AccountId"],
      [undefined, "AccountId"],
      [undefined, "Balance"],
    ],
  );
  const remark = {type: "System", value: {type: "remark", value: {remark: Uint8Array.of(1, 2)}}};
  const batch = {type: "Utility", value: {type: "batch", value: {calls: [remark]}}};
  const {pallet, variant} = findCall(kusama, "Utility.batch")!;
  const inner = findCall(kusama, "System.remark")!;
  const encoded = Uint8Array.of(pallet.index, variant.index, 4, 0, inner.variant.index, 8, 1, 2);
  assert.deepEqual(unwrap(writeValue(kusama.call, batch)), encoded);
  assert.deepEqual(unwrap(readValue(kusama.call, encoded)), batch);
});

test("what a chain calls by a name of its own is told by whoever describes it", async () => {
  const metadata = await genuineMetadata(GENUINE[0]);
  const keys = struct({grandpa: accountId, aura: accountId});
  const plain = unwrap(describe(metadata));
  const hinted = unwrap(describe(metadata, {types: {Keys: keys.info}}));
  const value = hex(`0x${"11".repeat(32)}${"22".repeat(32)}`);
  const nextKeys = (description: ChainDescription) =>
    readValue(findItem(description, "Session.NextKeys")!.value, value);
  const failure = nextKeys(plain);
  assert.equal(failure.ok ? "" : failure.error.code, "type-unknown");
  assert.deepEqual(nextKeys(hinted), {ok: true, value: unwrap(decode(keys, value))});
  const nonce = hinted.extrinsic.extensions.find(({identifier}) => identifier === "CheckNonce")!;
  assert.deepEqual(unwrap(decode(codecOf(nonce.extra), Uint8Array.of(4))), 1);
});
