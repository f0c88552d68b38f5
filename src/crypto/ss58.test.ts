import assert from "node:assert/strict";
import {test} from "node:test";
import {encodeAddress} from "@polkadot/util-crypto";
import fc from "fast-check";
import {hex, unwrap} from "#base";
import {
  decodeSs58,
  encodeSs58,
  GENERIC_SS58_PREFIX,
  isSs58Prefix,
  MAX_SS58_PREFIX,
} from "./ss58.ts";

const ALICE = hex("0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d");
const ALICE_TEXT = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

test("Alice's generic address is the known one", () => {
  assert.equal(encodeSs58(ALICE, GENERIC_SS58_PREFIX), ALICE_TEXT);
  assert.deepEqual(unwrap(decodeSs58(ALICE_TEXT)), {prefix: 42, bytes: ALICE});
});

const bytes = fc.oneof(
  fc.uint8Array({minLength: 32, maxLength: 32}),
  fc.uint8Array({minLength: 33, maxLength: 33}),
);
const prefixes = fc.integer({min: 0, max: MAX_SS58_PREFIX}).filter(isSs58Prefix);

test("an address reads back as it was written, under every prefix", () => {
  fc.assert(
    fc.property(bytes, prefixes, (account, prefix) => {
      const text = encodeSs58(account, prefix);
      assert.deepEqual(unwrap(decodeSs58(text, prefix)), {prefix, bytes: account});
    }),
  );
});

test("addresses are those of polkadot.js", () => {
  fc.assert(
    fc.property(bytes, prefixes, (account, prefix) => {
      assert.equal(encodeSs58(account, prefix), encodeAddress(account, prefix));
    }),
  );
});

test("addresses of the two types that are kept for nobody are neither written nor read", () => {
  const forms = [
    "5g1axYPrdA2VeKsqmz8WKpa8f3n4T9ou8Qv3f8BaeheH3ApS",
    "5moFDXwG1SuDoPHJgX1XhiqZJXvMWLSRKMUBGopt7ZEmKmWa",
  ];
  for (const [i, prefix] of [46, 47].entries()) {
    assert.equal(isSs58Prefix(prefix), false);
    assert.throws(() => encodeSs58(ALICE, prefix));
    assert.throws(() => encodeAddress(ALICE, prefix));
    assert.deepEqual(decodeSs58(forms[i]!), {
      ok: false,
      error: {code: "ss58-prefix-reserved", firstByte: prefix},
    });
  }
  const others = [45, 48, 0, MAX_SS58_PREFIX, -1, 0.5, MAX_SS58_PREFIX + 1, 29_972];
  assert.deepEqual(others.map(isSs58Prefix), [true, true, true, true, false, false, false, false]);
});

test("each way to be wrong has its code", () => {
  const codeOf = (text: string, prefix?: number) => {
    const result = decodeSs58(text, prefix);
    return result.ok ? "ok" : result.error.code;
  };
  assert.equal(codeOf("0OIl"), "ss58-not-base58");
  assert.equal(codeOf(""), "ss58-length");
  assert.equal(codeOf(ALICE_TEXT.slice(0, -5)), "ss58-length");
  assert.equal(codeOf("5".repeat(1_000)), "ss58-length");
  assert.equal(codeOf(ALICE_TEXT.replace("Kut", "Kuu")), "ss58-checksum");
  assert.deepEqual(decodeSs58(ALICE_TEXT, 30), {
    ok: false,
    error: {code: "ss58-other-network", expected: 30, found: 42},
  });
});

test("no text makes the decoder throw", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[1-9A-HJ-NP-Za-km-z]{0,70}$/), text => {
      decodeSs58(text);
    }),
  );
});
