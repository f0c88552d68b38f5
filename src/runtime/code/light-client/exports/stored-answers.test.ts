import assert from "node:assert/strict";
import {test} from "node:test";
import {encode, Sink, u32} from "#codec";
import {accountId, writeLengthPrefix} from "#primitives";
import type {StateView} from "#state";
import {account} from "../../../test-kit/accounts.ts";
import {
  askBoth,
  assertSame,
  khala,
  outcome,
  states,
} from "../../../test-kit/light-client-states.ts";

const WITHOUT_ARGUMENTS = [
  "Core_version",
  "Metadata_metadata",
  "Metadata_metadata_versions",
  "AuraApi_slot_duration",
  "AuraApi_authorities",
  "GrandpaApi_grandpa_authorities",
  "GrandpaApi_current_set_id",
  "CollatorApi_session_status",
];

for (const name of WITHOUT_ARGUMENTS) {
  test(`${name} answers as the runtime does, on every state`, () => {
    for (const view of states.values()) assertSame(view, name);
  });
}

test("the states differ in what is asked of them", () => {
  for (const name of ["AuraApi_authorities", "CollatorApi_session_status"]) {
    const answers = [...states.values()].map(view => outcome(askBoth(view, name).code));
    assert.ok(new Set(answers).size > 1, name);
  }
});

test("lists of which nothing is stored are empty", () => {
  const empty = new Map<string, Uint8Array>();
  const view = {...states.get("genesis")!, get: (key: string) => empty.get(key)} as StateView;
  for (const name of WITHOUT_ARGUMENTS) assertSame(view, name);
  assertSame(view, "AccountNonceApi_account_nonce", account(1));
});

test("metadata of each version is answered, and of no other", () => {
  const {view} = khala;
  for (const version of [0, 13, 14, 15, 16, 17, 0xffff_ffff]) {
    assertSame(view, "Metadata_metadata_at_version", encode(u32, version));
  }
  assertSame(view, "Metadata_metadata_at_version", Uint8Array.of(14, 0, 0));
});

test("nonces are those that are stored, 0 for strangers", () => {
  for (const view of states.values()) {
    for (const who of [0, 1, 2, 3, 4, 99]) {
      assertSame(view, "AccountNonceApi_account_nonce", encode(accountId, account(who)));
    }
    assertSame(view, "AccountNonceApi_account_nonce", new Uint8Array(31));
  }
});

test("session keys are taken apart, and too few bytes are none", () => {
  for (const length of [0, 31, 32, 63, 64, 65, 200, 20_000]) {
    const keys = Uint8Array.from({length}, (_, i) => i % 251);
    const sink = new Sink();
    writeLengthPrefix(length, sink);
    sink.raw(keys);
    const args = sink.finish();
    assertSame(khala.view, "SessionKeys_decode_session_keys", args);
    assertSame(khala.view, "SessionKeys_decode_session_keys", args.subarray(0, args.length - 1));
  }
});
