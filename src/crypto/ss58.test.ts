import assert from "node:assert/strict";
import {test} from "node:test";
import {encodeAddress} from "@polkadot/util-crypto";
import fc from "fast-check";
import {hex, unwrap} from "#base";
import {decodeSs58, encodeSs58, GENERIC_SS58_PREFIX, MAX_SS58_PREFIX} from "./ss58.ts";

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
const prefixes = fc.integer({min: 0, max: MAX_SS58_PREFIX});

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
    // polkadot.js refuses the two prefixes that the registry reserves.
    fc.property(
      bytes,
      prefixes.filter(prefix => prefix !== 46 && prefix !== 47),
      (account, prefix) => {
        assert.equal(encodeSs58(account, prefix), encodeAddress(account, prefix));
      },
    ),
  );
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
