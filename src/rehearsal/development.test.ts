import assert from "node:assert/strict";
import {test} from "node:test";
import {ethereumEncode} from "@polkadot/util-crypto";
import fc from "fast-check";
import {bytesToHex, unwrap} from "#base";
import {encodeSs58} from "#crypto";
import {
  collatorNames,
  collatorUris,
  type DevelopmentFacts,
  type DevelopmentWishes,
  decimalsOf,
  developmentUri,
  developmentWishes,
} from "./development.ts";
import {planckOf} from "./planck-of.ts";
import {accountOf, crypto, known, tools} from "./test-kit/foreign-chain.ts";

const facts: DevelopmentFacts = {
  ...tools,
  keyKinds: [
    {keyType: "aura", scheme: "sr25519"},
    {keyType: "gran", scheme: "ed25519"},
    {keyType: "beef", scheme: "ecdsa"},
  ],
  accountLength: 32,
  decimals: 12,
  blockHashing: "blake2-256",
};
const wishes = (asked: DevelopmentWishes = {}, other: Partial<DevelopmentFacts> = {}) =>
  developmentWishes(asked, {...facts, ...other});
const codeOf = (asked: DevelopmentWishes, other: Partial<DevelopmentFacts> = {}) => {
  const result = wishes(asked, other);
  return result.ok ? "none" : result.error.code;
};
const derived = (scheme: "sr25519" | "ed25519" | "ecdsa", uri: string) =>
  unwrap(crypto.keyPairs.fromUri(scheme, uri)).publicKey;

test("collators have the names of development accounts, and paths beyond them", () => {
  const names = [
    "Alice",
    "Bob",
    "Charlie",
    "Dave",
    "Eve",
    "Ferdie",
    "//Collator//7",
    "//Collator//8",
  ];
  assert.deepEqual(collatorNames(8), names);
  assert.deepEqual(collatorNames(2), ["Alice", "Bob"]);
  assert.deepEqual(collatorUris({collators: ["Eve", "//X"]}), ["//Eve", "//X"]);
  assert.deepEqual(collatorUris({}), ["//Alice", "//Bob", "//Charlie", "//Dave"]);
  assert.equal(developmentUri("Alice//stash"), "//Alice//stash");
  assert.equal(developmentUri("//Collator//7"), "//Collator//7");
  for (const none of ["alice", "", "//", "Alice/soft", "bottom drive obey", "0x00"])
    assert.equal(developmentUri(none), undefined, none);
});

test("a collator's keys are those of his name's secret, each of its kind's scheme", () => {
  const {collators} = unwrap(wishes({collators: ["Bob", "//Collator//7"]}));
  for (const [i, uri] of ["//Bob", "//Collator//7"].entries()) {
    const {account, keys, voter} = collators[i]!;
    assert.deepEqual(account, derived("sr25519", uri));
    assert.deepEqual(keys.get("aura"), derived("sr25519", uri));
    assert.deepEqual(keys.get("gran"), derived("ed25519", uri));
    assert.deepEqual(keys.get("beef"), derived("ecdsa", uri));
    assert.deepEqual(voter, derived("ed25519", uri));
  }
});

test("where nothing is said, it is as on development chains", () => {
  const all = unwrap(wishes());
  const hex = (accounts: readonly Uint8Array[] | undefined) => accounts?.map(bytesToHex);
  const of = (...names: string[]) => names.map(name => bytesToHex(accountOf(name)));
  assert.deepEqual(
    hex(all.collators.map(({account}) => account)),
    of("Alice", "Bob", "Charlie", "Dave"),
  );
  assert.deepEqual(hex([all.sudo!]), of("Alice"));
  assert.deepEqual(hex(all.council), of("Alice", "Bob", "Charlie", "Dave", "Eve"));
  assert.deepEqual(hex(all.committee), of("Alice", "Bob", "Charlie"));
  const gina = bytesToHex(derived("sr25519", "//Gina"));
  assert.ok(all.endowed.some(([account]) => bytesToHex(account) === gina));
  assert.ok(all.endowed.every(([, amount]) => amount === 10n ** 18n));
  assert.equal(all.endowed.length, 15);
  assert.deepEqual([all.rate, all.proofSize, all.keepsAccounts], [1, "unrecorded", false]);
});

test("amounts are given in whole units, to names, addresses and hex; who is named to govern has money too", () => {
  const stranger = new Uint8Array(32).fill(3);
  const {endowed} = unwrap(
    wishes({
      endowed: [
        ["Alice", "0.5"],
        [encodeSs58(stranger, 30), "7"],
      ],
      sudo: "//Root",
    }),
  );
  const amountOf = (account: Uint8Array) =>
    endowed.find(([who]) => bytesToHex(who) === bytesToHex(account))?.[1];
  assert.equal(amountOf(accountOf("Alice")), 5n * 10n ** 11n);
  assert.equal(amountOf(stranger), 7n * 10n ** 12n);
  assert.equal(amountOf(derived("sr25519", "//Root")), 10n ** 18n);
  const alone = unwrap(wishes({collators: 1, endowsNobodyElse: true, endowed: [["Bob", "1"]]}));
  assert.equal(alone.endowed.length, 2);
});

test("accounts of 20 bytes are those that Ethereum's wallets make of the same secret", () => {
  const {collators, sudo} = unwrap(wishes({}, {accountLength: 20}));
  const address = ethereumEncode(derived("ecdsa", "//Alice")).toLowerCase();
  assert.equal(bytesToHex(sudo!), address);
  assert.deepEqual(collators[0]!.account, sudo);
  assert.deepEqual(collators[0]!.keys.get("aura"), known("Alice").sr25519);
  assert.equal(codeOf({sudo: address}, {accountLength: 20}), "none");
  assert.equal(codeOf({sudo: address}), "account-unknown");
  assert.equal(
    codeOf({sudo: encodeSs58(accountOf("Bob"), 42)}, {accountLength: 20}),
    "account-unknown",
  );
});

test("what is no account, no amount, or nobody's to sign with is refused by a code", () => {
  assert.equal(codeOf({sudo: "nobody"}), "account-unknown");
  assert.equal(codeOf({council: ["0x12"]}), "account-unknown");
  assert.equal(codeOf({endowed: [["Alice", "1e3"]]}), "amount-invalid");
  assert.equal(codeOf({endowed: [["Alice", "-1"]]}), "amount-invalid");
  assert.equal(
    codeOf({collators: [encodeSs58(accountOf("Bob"), 42)]}),
    "rehearsal-collator-unknown",
  );
  assert.equal(codeOf({collators: []}), "rehearsal-without-collators");
  assert.equal(codeOf({collators: 0}), "rehearsal-without-collators");
});

test("a phrase in the wrong place is not repeated", () => {
  const phrase = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
  const refused = wishes({sudo: phrase});
  assert.ok(!refused.ok);
  assert.ok(!JSON.stringify(refused.error).includes("bottom"));
});

test("an amount is exact to the last digit, and none that is wider than a balance", () => {
  fc.assert(
    fc.property(
      fc.bigInt(0n, (1n << 128n) - 1n),
      fc.integer({min: 0, max: 24}),
      (planck, decimals) => {
        const unit = 10n ** BigInt(decimals);
        const fraction = String(planck % unit).padStart(decimals, "0");
        const text = decimals === 0 ? String(planck) : `${planck / unit}.${fraction}`;
        assert.equal(planckOf(text, decimals), planck);
      },
    ),
  );
  assert.equal(planckOf("0.1234", 3), undefined);
  assert.equal(planckOf(String(1n << 128n), 0), undefined);
  assert.equal(planckOf("1_000", 1), 10_000n);
  for (const none of ["", ".", "1.", ".5", "0x1", "1,5", " 1"])
    assert.equal(planckOf(none, 9), undefined);
});

test("how many decimals the token has stands in the chain spec, of several tokens for the first", () => {
  assert.equal(decimalsOf({tokenDecimals: 12}), 12);
  assert.equal(decimalsOf({tokenDecimals: [10, 12]}), 10);
  for (const tokenDecimals of [undefined, "12", -1, 1.5, 400]) {
    assert.equal(decimalsOf({tokenDecimals}), undefined);
  }
});
