import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, compareBytes, unwrap, utf8Bytes} from "#base";
import {decode, fixedBytes, struct, tuple, u8, u64, vec} from "#codec";
import {PUBLIC_KEY_LENGTH} from "#crypto";
import {
  type ChainDescription,
  describe,
  findItem,
  StateReader,
  storageKey,
  writeValue,
} from "#description";
import type {SessionKeyKind} from "#runtime-api";
import {GENUINE, genuineMetadata} from "../description/test-kit/genuine-metadata.ts";
import {sessionKeysType} from "../description/text-types/index.ts";
import {type DevelopmentFacts, developmentWishes} from "./development.ts";
import {rehearse, type WholeState} from "./rehearse.ts";
import {accountOf, crypto, tools, viewOf} from "./test-kit/foreign-chain.ts";

const {hashing} = crypto;

/** Kinds of the session keys of these runtimes, by their structs' fields. */
const KINDS: Readonly<Record<string, SessionKeyKind>> = {
  aura: {keyType: "aura", scheme: "sr25519"},
  grandpa: {keyType: "gran", scheme: "ed25519"},
  babe: {keyType: "babe", scheme: "sr25519"},
  im_online: {keyType: "imon", scheme: "sr25519"},
  authority_discovery: {keyType: "audi", scheme: "sr25519"},
  para_validator: {keyType: "para", scheme: "sr25519"},
  para_assignment: {keyType: "asgn", scheme: "sr25519"},
  mixnet: {keyType: "mixn", scheme: "sr25519"},
  beefy: {keyType: "beef", scheme: "ecdsa"},
};

/** Those of Polkadot and its like in 2021, of which metadata 13 says nothing but that they are `Keys`. */
const OF_2021 = [
  "grandpa",
  "babe",
  "im_online",
  "para_validator",
  "para_assignment",
  "authority_discovery",
];

function kindsOf(description: ChainDescription): readonly SessionKeyKind[] {
  const def = findItem(description, "Session.NextKeys")?.value.def;
  const fields = def?.kind === "composite" ? def.fields : [];
  return fields.map(({name}) => KINDS[name!]!);
}

function factsOf(keyKinds: readonly SessionKeyKind[]): DevelopmentFacts {
  return {...tools, keyKinds, accountLength: 32, decimals: 12, blockHashing: "blake2-256"};
}

const EMPTY: WholeState = {top: new Map(), children: new Map()};

async function described(genuine: (typeof GENUINE)[number]) {
  const bytes = await genuineMetadata(genuine);
  if (genuine[0] !== "v13") {
    const description = unwrap(describe(bytes));
    return {description, keyKinds: kindsOf(description)};
  }
  const keyKinds = OF_2021.map(name => KINDS[name]!);
  const Keys = sessionKeysType(
    keyKinds.map(({keyType, scheme}) => ({keyType, length: PUBLIC_KEY_LENGTH[scheme!]})),
  );
  return {description: unwrap(describe(bytes, {types: {Keys}})), keyKinds};
}

/** As runtimes kept them before 2023: behind a byte that says the format. */
const rawVoters = struct({format: u8, list: vec(tuple(fixedBytes(32), u64))});
const readRawVoters = ({top}: WholeState) =>
  unwrap(decode(rawVoters, top.get(":grandpa_authorities")!)).list;

for (const genuine of GENUINE) {
  test(`${genuine.join(", ")}: what is written by its names is read by them`, async () => {
    const {description, keyKinds} = await described(genuine);
    const wishes = unwrap(developmentWishes({}, factsOf(keyKinds)));
    const chain = {state: EMPTY, description, keyKinds, slotDuration: 6_000, hashing};
    const made = unwrap(rehearse(chain, wishes));
    const reader = new StateReader(description, viewOf(made.state), hashing);
    const sorted = wishes.collators.map(({account}) => account).sort(compareBytes);
    if (reader.publishes("Session.Validators")) {
      assert.deepEqual(reader.read("Session.Validators"), sorted);
      assert.equal((reader.read("Session.QueuedKeys") as unknown[]).length, 4);
      for (const {account, keys} of wishes.collators) {
        for (const [type, key] of keys)
          assert.deepEqual(reader.read("Session.KeyOwner", [[utf8Bytes(type), key]]), account);
        const next = Object.values(reader.read("Session.NextKeys", [account]) as object);
        const read = next.map(key => bytesToHex(key as Uint8Array));
        assert.deepEqual(read, [...keys.values()].map(bytesToHex));
      }
      assert.equal(
        keyKinds.length * 4,
        unwrap(reader.page("Session.KeyOwner", {limit: 100})!).entries.length,
      );
    }
    const info = reader.read("System.Account", [accountOf("Alice")]) as {
      providers: number;
      data: Record<string, bigint>;
    };
    assert.deepEqual([info.providers, info.data.free], [1, 10n ** 18n]);
    // Accounts of newer generations are marked as such in what is otherwise their locks.
    const hasFlags = "flags" in info.data;
    if (hasFlags) assert.equal(info.data.flags, 1n << 127n);
    assert.equal(hasFlags, genuine[0] >= "v15" || "frozen" in info.data);
    assert.equal(reader.read("Balances.TotalIssuance"), 15n * 10n ** 18n);
    if (description.pallets.some(({name}) => name === "Grandpa")) {
      const voters = wishes.collators.map(({voter}) => [bytesToHex(voter), 1n]).sort();
      const inState = reader.read("Grandpa.Authorities") ?? readRawVoters(made.state);
      const read = (inState as [Uint8Array, bigint][]).map(([key, weight]) => [
        bytesToHex(key),
        weight,
      ]);
      assert.deepEqual(read.sort(), voters);
    }
    if (reader.publishes("Council.Members")) {
      assert.equal((reader.read("Council.Members") as unknown[]).length, 5);
    }
    const skipped = made.report.skipped.join();
    for (const pallet of ["Aura", "Sudo", "Council", "CollatorSelection"]) {
      const isThere = description.pallets.some(({name}) => name === pallet);
      assert.equal(!skipped.includes(`${pallet}: no such pallet`), isThere, pallet);
    }
  });
}

/** The first state of a chain that has this of each item. */
function stateWith(
  description: ChainDescription,
  values: Readonly<
    Record<string, readonly (readonly [keys: readonly unknown[], value: unknown])[]>
  >,
): WholeState {
  const top = new Map<string, Uint8Array>();
  for (const [name, entries] of Object.entries(values)) {
    const item = findItem(description, name)!;
    for (const [keys, value] of entries) {
      top.set(unwrap(storageKey(item, keys, hashing)), unwrap(writeValue(item.value, value)));
    }
  }
  return {top, children: new Map()};
}

test("a parachain forgets the relay chain that it was on, and goes on above its numbers", async () => {
  const {description, keyKinds} = await described(["v15", "asset-hub-polkadot"]);
  const state = stateWith(description, {
    "ParachainSystem.LastRelayChainBlockNumber": [[[], 25_000_000]],
    "ParachainSystem.LastDmqMqcHead": [[[], new Uint8Array(32).fill(1)]],
    "ParachainSystem.UpwardDeliveryFeeFactor": [[[], 10n ** 18n]],
    "ParachainInfo.ParachainId": [[[], 1_000]],
    "Authorship.Author": [[[], accountOf("Eve")]],
  });
  const chain = {state, description, keyKinds, slotDuration: 12_000, hashing};
  const made = unwrap(rehearse(chain, unwrap(developmentWishes({}, factsOf(keyKinds)))));
  const reader = new StateReader(description, viewOf(made.state), hashing);
  for (const name of [
    "ParachainSystem.LastRelayChainBlockNumber",
    "ParachainSystem.LastDmqMqcHead",
    "Authorship.Author",
  ]) {
    assert.equal(reader.stored(name), undefined, name);
    assert.ok(made.report.replaced.includes(`${name} removed`), name);
  }
  assert.equal(reader.read("ParachainInfo.ParachainId"), 1_000);
  assert.ok(reader.stored("ParachainSystem.UpwardDeliveryFeeFactor") !== undefined);
  assert.deepEqual(reader.read("AuraExt.Authorities"), reader.read("Aura.Authorities"));
  const {chainStart, relayOffset} = made.settings;
  assert.equal(Math.floor(chainStart / 6_000) - relayOffset, 25_000_003);
});

test("a council is ours with its elected seats, and nobody else has a vote in what is open", async () => {
  const {description, keyKinds} = await described(["v15", "substrate"]);
  const [stranger, hash] = [7, 8].map(byte => new Uint8Array(32).fill(byte)) as [
    Uint8Array,
    Uint8Array,
  ];
  const votes = {index: 0, threshold: 3, ayes: [stranger, accountOf("Bob")], nays: [], end: 9};
  const state = stateWith(description, {
    "Council.Members": [[[], [stranger]]],
    "Council.Prime": [[[], stranger]],
    "Council.Voting": [[[hash], votes]],
    "Elections.Members": [[[], [{who: stranger, stake: 5n, deposit: 2n}]]],
    "Elections.RunnersUp": [[[], [{who: stranger, stake: 1n, deposit: 2n}]]],
  });
  const chain = {state, description, keyKinds, slotDuration: 3_000, hashing};
  const asked = {council: ["Alice", "Bob"], committee: ["Bob"], sudo: "Bob"};
  const made = unwrap(rehearse(chain, unwrap(developmentWishes(asked, factsOf(keyKinds)))));
  const reader = new StateReader(description, viewOf(made.state), hashing);
  const sorted = [accountOf("Bob"), accountOf("Alice")];
  assert.deepEqual(reader.read("Council.Members"), sorted);
  assert.equal(reader.stored("Council.Prime"), undefined);
  const seats = sorted.map(who => ({who, stake: 0n, deposit: 0n}));
  assert.deepEqual(reader.read("Elections.Members"), seats);
  assert.deepEqual(reader.read("Elections.RunnersUp"), []);
  assert.deepEqual(reader.read("Council.Voting", [hash]), {...votes, ayes: [accountOf("Bob")]});
  assert.deepEqual(reader.read("TechnicalCommittee.Members"), [accountOf("Bob")]);
  assert.deepEqual(reader.read("TechnicalMembership.Members"), [accountOf("Bob")]);
  assert.deepEqual(reader.read("Sudo.Key"), accountOf("Bob"));
});
