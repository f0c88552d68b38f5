import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, concatBytes, unwrap} from "#base";
import {compactU128, fixedBytes, option, struct, type TypeInfo, typeInfo, u8, unit} from "#codec";
import {encodeSs58, type KeyPair} from "#crypto";
import {accountId, mortalEra} from "#primitives";
import type {RuntimeCall} from "#runtime";
import {signedExtrinsic} from "../../runtime/test-kit/signed-extrinsic.ts";
import {
  bareExtrinsic,
  type ChainDescription,
  decodeCall,
  describe,
  type ExtensionDescription,
  encodeCall,
  type NamedCall,
  readExtrinsic,
  type SigningFacts,
  signExtrinsic,
  signerOf,
  writeExtrinsic,
} from "../index.ts";
import {GENUINE, genuineMetadata} from "../test-kit/genuine-metadata.ts";
import {descriptionOf, hashing, khala} from "../test-kit/our-metadata.ts";

const descriptions = [14, 15, 16].map(version => descriptionOf(khala, version));
const [, description] = descriptions as [ChainDescription, ChainDescription];

const WHO = new Uint8Array(32).fill(7);
const GENESIS = new Uint8Array(32).fill(0xaa);

/** What was signed can be read in the signature: half of it is the message's hash. */
const pair: KeyPair = {
  scheme: "sr25519",
  publicKey: new Uint8Array(32).fill(0x55),
  sign: message =>
    concatBytes(hashing.blake2b256(message), hashing.twox128(message), WHO.slice(16)),
};

const {specVersion, transactionVersion} = khala.composition.version;
const facts: SigningFacts = {
  nonce: 3,
  tip: 5n,
  genesisHash: GENESIS,
  specVersion,
  transactionVersion,
};

/** The same call as the runtime built in here has it. */
function runtimeCall(palletName: string, callName: string, args: unknown): RuntimeCall {
  const pallet = khala.composition.pallets.find(({name}) => name === palletName)!;
  return {pallet, call: pallet.calls!.find(({name}) => name === callName)!, args};
}

const dest = {type: "Id", value: WHO};
const transfer = runtimeCall("Balances", "transfer_keep_alive", {dest, value: 10n ** 12n});
const remark = runtimeCall("System", "remark", {remark: new Uint8Array(300).fill(1)});

const CALLS: readonly (readonly [NamedCall, RuntimeCall])[] = [
  [{call: "Balances.transfer_keep_alive", args: {dest: WHO, value: 10n ** 12n}}, transfer],
  [
    {call: "balances.transferKeepAlive", args: {dest: encodeSs58(WHO, 30), value: 10 ** 12}},
    transfer,
  ],
  [{call: "System.remark", args: {remark: new Uint8Array(300).fill(1)}}, remark],
  [{call: "CollatorSelection.leave_intent"}, runtimeCall("CollatorSelection", "leave_intent", {})],
  [
    {
      call: "Utility.batch_all",
      args: {
        calls: [
          {call: "Balances.transfer_keep_alive", args: {dest, value: 10n ** 12n}},
          {call: "CollatorSelection.leave_intent", args: {}},
        ],
      },
    },
    runtimeCall("Utility", "batch_all", {
      calls: [transfer, runtimeCall("CollatorSelection", "leave_intent", {})],
    }),
  ],
];

for (const [named, ours] of CALLS) {
  test(`${named.call} is signed by metadata to the bytes that the runtime built in here makes`, () => {
    for (const described of descriptions) {
      const call = unwrap(encodeCall(described, named));
      const eraAt = {era: mortalEra(64, 1_000), checkpoint: new Uint8Array(32).fill(0xbb)};
      for (const mortality of [undefined, eraAt]) {
        const scope = mortality === undefined ? facts : {...facts, mortality};
        const byRuntime = signedExtrinsic(khala, pair, ours, {
          ...scope,
          nonce: Number(scope.nonce),
          tip: 5n,
        });
        const signer = signerOf(pair, hashing);
        const byMetadata = unwrap(signExtrinsic(described, call, signer, scope, hashing));
        assert.equal(bytesToHex(byMetadata), bytesToHex(byRuntime));
        const read = unwrap(readExtrinsic(described, byMetadata));
        assert.deepEqual(read.address, {type: "Id", value: pair.publicKey});
        assert.equal(read.kind, "signed");
        assert.deepEqual(unwrap(writeExtrinsic(described, read)), byMetadata);
        assert.equal(
          `${read.call.pallet}.${read.call.name}`,
          `${ours.pallet.name}.${ours.call.name}`,
        );
      }
    }
  });
}

test("calls are read back by their names, and what they lack is told by its place", () => {
  const named = {call: "Balances.transfer_keep_alive", args: {dest: WHO, value: 1}};
  const call = unwrap(encodeCall(description, named));
  assert.deepEqual(unwrap(decodeCall(description, call)), {
    pallet: "Balances",
    name: "transfer_keep_alive",
    args: {dest, value: 1n},
  });
  const failure = (given: NamedCall) => {
    const encoded = encodeCall(description, given);
    if (encoded.ok) return "encoded";
    return encoded.error.code === "call-unknown"
      ? `no ${encoded.error.call}`
      : `${encoded.error.at}: ${encoded.error.expected}`;
  };
  assert.equal(failure({call: "Balances.fly"}), "no Balances.fly");
  assert.equal(failure({call: "Balloons.transfer"}), "no Balloons.transfer");
  assert.equal(failure({call: "Balances"}), "no Balances");
  assert.match(failure({...named, args: {dest: WHO}}), /^value: a whole number from 0 to/);
  assert.match(
    failure({...named, args: {dest: WHO, value: 1, tip: 1}}),
    /^tip: no such field, but dest, value$/,
  );
  const batch = {
    call: "Utility.batch",
    args: {calls: [named, {...named, args: {dest: 5, value: 1}}]},
  };
  assert.match(failure(batch), /^calls\[1\]\.Balances\.transfer_keep_alive\.dest: /);
});

test("inherents are bare, and read as such", () => {
  const call = unwrap(encodeCall(description, {call: "Timestamp.set", args: {now: 5n}}));
  const inherent = bareExtrinsic(description, call);
  const read = unwrap(readExtrinsic(description, inherent));
  assert.deepEqual(read, {
    version: 4,
    kind: "bare",
    extensions: [],
    call: {pallet: "Timestamp", name: "set", args: {now: 5n}},
  });
  assert.deepEqual(unwrap(writeExtrinsic(description, read)), inherent);
  const longer = Uint8Array.of(inherent[0]! + 4, ...inherent.subarray(1));
  const broken = [
    longer,
    inherent.subarray(1),
    concatBytes(inherent, WHO),
    inherent.subarray(0, 3),
  ];
  for (const bytes of broken) assert.equal(readExtrinsic(description, bytes).ok, false);
});

const withExtension = (
  identifier: string,
  extra: TypeInfo,
  additional: TypeInfo,
): ChainDescription => {
  const added: ExtensionDescription = {identifier, extra, additional};
  const {extrinsic} = description;
  return {...description, extrinsic: {...extrinsic, extensions: [...extrinsic.extensions, added]}};
};

const signed = (described: ChainDescription, scope: SigningFacts = facts) => {
  const call = unwrap(encodeCall(described, {call: "CollatorSelection.leave_intent"}));
  return signExtrinsic(described, call, signerOf(pair, hashing), scope, hashing);
};

test("an extension that asks for nothing gets nothing, and one that nobody knows is named", () => {
  const marker = typeInfo(
    {kind: "composite", fields: []},
    {path: "phala_pallets::CheckMqSequence"},
  );
  assert.deepEqual(
    signed(withExtension("CheckMqSequence", marker, unit.info)),
    signed(description),
  );
  const optional = struct({who: option(accountId), at: option(u8)}).info;
  const none = unwrap(signed(withExtension("AsPerson", optional, unit.info)));
  assert.equal(none.length, unwrap(signed(description)).length + 2);
  for (const [extra, additional] of [
    [u8.info, unit.info],
    [unit.info, u8.info],
  ] as const) {
    const described = withExtension("CheckMood", extra, additional);
    assert.deepEqual(signed(described), {
      ok: false,
      error: {code: "extension-unknown", identifier: "CheckMood"},
    });
    const part = extra === u8.info ? "extra" : "additional";
    const given = (value: number) =>
      signed(described, {...facts, extensions: {CheckMood: {[part]: value}}});
    assert.equal(given(5).ok, true);
    const misfit = given(256);
    assert.equal(misfit.ok ? "" : misfit.error.code, "extension-misfit");
  }
});

test("a tip may stand beside an asset, and a signature be bound to metadata", () => {
  const asset = struct({tip: compactU128, assetId: option(u8)}).info;
  const {extrinsic} = description;
  const extensions = extrinsic.extensions.map(each =>
    each.identifier === "ChargeTransactionPayment"
      ? {...each, identifier: "ChargeAssetTxPayment", extra: asset}
      : each,
  );
  const described = {...description, extrinsic: {...extrinsic, extensions}};
  const read = unwrap(readExtrinsic(described, unwrap(signed(described))));
  const payment = read.extensions.find(({identifier}) => identifier === "ChargeAssetTxPayment");
  assert.deepEqual(payment?.extra, {tip: 5n, assetId: undefined});
  const bound = unwrap(signed(description, {...facts, metadataHash: WHO}));
  const mode = unwrap(readExtrinsic(description, bound)).extensions.find(
    ({identifier}) => identifier === "CheckMetadataHash",
  );
  assert.deepEqual(mode?.extra, {mode: "Enabled"});
});

test("what signs and what is signed have to be of the chain's kind", () => {
  const {extrinsic} = description;
  const ethereum = {
    ...description,
    extrinsic: {...extrinsic, address: fixedBytes(20).info, signature: fixedBytes(65).info},
  };
  const refused = signed(ethereum);
  assert.equal(refused.ok ? "" : refused.error.code, "signer-misfit");
  const call = unwrap(encodeCall(ethereum, {call: "CollatorSelection.leave_intent"}));
  const signer = {
    scheme: "ecdsa" as const,
    account: new Uint8Array(20),
    sign: () => new Uint8Array(65),
  };
  assert.equal(signExtrinsic(ethereum, call, signer, facts, hashing).ok, true);
  const onlyFive = {...description, extrinsic: {...extrinsic, versions: [5]}};
  assert.deepEqual(signed(onlyFive), {
    ok: false,
    error: {code: "format-unsupported", versions: [5]},
  });
});

test("genuine runtimes of every age take a signed transfer, and it reads back", async () => {
  for (const genuine of GENUINE) {
    const described = unwrap(describe(await genuineMetadata(genuine)));
    const transfer = {call: "Balances.transfer_keep_alive", args: {dest: WHO, value: 1n}};
    const call = unwrap(encodeCall(described, transfer));
    const extrinsic = signExtrinsic(described, call, signerOf(pair, hashing), facts, hashing);
    assert.ok(extrinsic.ok, `${genuine}: ${JSON.stringify(extrinsic)}`);
    const read = unwrap(readExtrinsic(described, extrinsic.value));
    assert.equal(read.call.name, "transfer_keep_alive");
    assert.deepEqual(unwrap(writeExtrinsic(described, read)), extrinsic.value);
  }
});
