import assert from "node:assert/strict";
import {before, test} from "node:test";
import {Keyring} from "@polkadot/keyring";
import {cryptoWaitReady} from "@polkadot/util-crypto";
import fc from "fast-check";
import {bytesToHex, unwrap} from "#base";
import {junctionFromText} from "./junction.ts";
import {createPortableKeyPairs} from "./portable-key-pairs.ts";
import {secretKeyFromSeed} from "./secret-key.ts";
import {DEV_PHRASE, secretKeyFromUri} from "./secret-uri.ts";
import type {SignatureScheme} from "./signatures.ts";
import {WELL_KNOWN_ACCOUNTS} from "./well-known-accounts.ts";

const pairs = createPortableKeyPairs(length => new Uint8Array(length).fill(7));
const publicKey = (scheme: SignatureScheme, uri: string, password?: string) =>
  bytesToHex(unwrap(pairs.fromUri(scheme, uri, password)).publicKey);

before(() => cryptoWaitReady());

function polkadotKey(scheme: SignatureScheme, uri: string): string {
  return bytesToHex(new Keyring({type: scheme}).createFromUri(uri).publicKey);
}

test("//Alice is the key that the whole world knows", () => {
  assert.equal(
    publicKey("sr25519", "//Alice"),
    "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d",
  );
});

test("the accounts written out are what their secret URIs lead to", () => {
  for (const {uri, sr25519, ed25519} of WELL_KNOWN_ACCOUNTS) {
    assert.equal(publicKey("sr25519", uri), bytesToHex(sr25519));
    assert.equal(publicKey("ed25519", uri), bytesToHex(ed25519));
  }
});

test("the seed written out for the dev phrase is the one its words lead to", () => {
  const respaced = ` ${DEV_PHRASE.replace(" ", "  ")}`;
  assert.equal(publicKey("sr25519", "//Alice"), publicKey("sr25519", `${respaced}//Alice`));
});

test("a path of hard junctions shows the seed that subkey shows", () => {
  const alice = unwrap(secretKeyFromUri("sr25519", "//Alice"));
  const seed = alice.exposeSeed()!;
  assert.equal(
    bytesToHex(seed),
    "0xe5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a",
  );
  assert.deepEqual(unwrap(secretKeyFromSeed("sr25519", seed)).exposeBytes(), alice.exposeBytes());
  assert.equal(unwrap(secretKeyFromUri("sr25519", "//Alice/1")).exposeSeed(), undefined);
  assert.equal(unwrap(secretKeyFromUri("sr25519", "//Alice/1//2")).exposeSeed(), undefined);
});

const SEED_URI = `0x${"9d".repeat(32)}`;
const HARD_PATHS = [
  "//Alice",
  "//Alice//stash",
  "//0//1",
  "//18446744073709551615",
  "//007",
  `//${"long".repeat(20)}`,
  "//ünïcode",
  `${DEV_PHRASE}`,
  `${DEV_PHRASE}//x///secret`,
  `${DEV_PHRASE}///a/b//c pass wörd`,
  SEED_URI,
  `${SEED_URI}//polkadot//2`,
];

test("hard paths give polkadot.js's keys in every scheme", () => {
  for (const scheme of ["sr25519", "ed25519", "ecdsa"] as const) {
    for (const uri of HARD_PATHS) {
      assert.equal(publicKey(scheme, uri), polkadotKey(scheme, uri), `${scheme} ${uri}`);
    }
  }
});

test("soft paths give polkadot.js's keys in sr25519", () => {
  for (const uri of [
    `${DEV_PHRASE}/soft`,
    "//Alice/1",
    "//Alice/0/soft//hard/9",
    `${SEED_URI}/a`,
  ]) {
    assert.equal(publicKey("sr25519", uri), polkadotKey("sr25519", uri), uri);
  }
});

test("a number that no u64 holds counts as text, as Rust's parser has it", () => {
  const tooLarge = (2n ** 64n).toString();
  const text = junctionFromText(tooLarge, true).chainCode;
  assert.deepEqual(text.slice(0, 2), Uint8Array.of(20 << 2, "1".charCodeAt(0)));
  assert.equal(publicKey("sr25519", "//+7"), publicKey("sr25519", "//7"));
});

test("any path of words and numbers gives polkadot.js's key", () => {
  const junction = fc.tuple(
    fc.constantFrom("//", "/"),
    fc.oneof(
      fc.stringMatching(/^[a-zA-Z0-9_.-]{1,40}$/),
      fc.bigInt(0n, 2n ** 64n - 1n).map(String),
    ),
  );
  fc.assert(
    fc.property(fc.array(junction, {maxLength: 4}), steps => {
      const uri = SEED_URI + steps.map(step => step.join("")).join("");
      assert.equal(publicKey("sr25519", uri), polkadotKey("sr25519", uri));
    }),
    {numRuns: 25},
  );
});

test("a password handed in takes the place of the one in the URI", () => {
  const inUri = publicKey("sr25519", `${DEV_PHRASE}//x///right`);
  assert.equal(publicKey("sr25519", `${DEV_PHRASE}//x///wrong`, "right"), inUri);
  assert.notEqual(publicKey("sr25519", `${DEV_PHRASE}//x`), inUri);
});

test("a soft junction is refused where the scheme has none", () => {
  for (const scheme of ["ed25519", "ecdsa"] as const) {
    const result = pairs.fromUri(scheme, "//Alice/soft");
    assert.deepEqual(result, {ok: false, error: {code: "soft-derivation-unsupported", scheme}});
  }
});

test("a failure never repeats the secret", () => {
  const cases: readonly [string, string][] = [
    [`${DEV_PHRASE.replace("walk", "walrus")}//x`, "phrase-invalid"],
    ["bottom bottom", "phrase-invalid"],
    [`0x${"9d".repeat(31)}`, "seed-length"],
    ["0xsecret", "seed-not-hex"],
    ["sécret phrase", "uri-syntax"],
    ["//", "uri-syntax"],
    ["", "uri-empty"],
    [" ", "uri-empty"],
    ["///", "uri-empty"],
    ["///secret", "uri-empty"],
    [" //Alice", "phrase-invalid"],
    ["\n", "uri-syntax"],
  ];
  for (const [uri, code] of cases) {
    const result = secretKeyFromUri("sr25519", uri);
    assert.ok(!result.ok, uri);
    assert.equal(result.error.code, code);
    assert.ok(!/secret|walrus|bottom|9d/.test(JSON.stringify(result.error)));
  }
  assert.deepEqual(secretKeyFromUri("ecdsa", `0x${"00".repeat(32)}`), {
    ok: false,
    error: {code: "seed-not-a-key", scheme: "ecdsa"},
  });
});

test("a secret key that strays into a log shows nothing", () => {
  const key = unwrap(secretKeyFromUri("sr25519", SEED_URI));
  assert.equal(JSON.stringify({key}), '{"key":"[secret]"}');
  assert.deepEqual(Object.keys(key), ["scheme"]);
});

test("no text makes the parser throw", () => {
  fc.assert(
    fc.property(fc.string({unit: "grapheme"}), fc.string(), (prefix, rest) => {
      secretKeyFromUri("ed25519", `${prefix}/${rest}`);
    }),
  );
});
