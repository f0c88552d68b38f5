import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, unwrap} from "#base";
import {attempt, readCompact} from "#codec";
import {WELL_KNOWN_ACCOUNTS} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {
  callFromJson,
  describe,
  describeRuntime,
  encodeCall,
  findItem,
  readExtrinsic,
  readValue,
  StateReader,
  signerOf,
  storageKey,
} from "#description";
import {memoryState, Overlay} from "#state";
import {genuineMetadata} from "../description/test-kit/genuine-metadata.ts";
import {createRuntime} from "../runtime/index.ts";
import {KhalaTestChain} from "../runtime/test-kit/khala-test-chain.ts";
import {agendaEntry, type DispatchGround, outcomeIn, planDispatch} from "./index.ts";

const crypto = await createNativeCrypto();
const {hashing} = crypto;
const known = (name: string) => WELL_KNOWN_ACCOUNTS.find(account => account.name === name)!;
const alice = signerOf(unwrap(crypto.keyPairs.fromUri("sr25519", "//Alice")), hashing);
const kusama = unwrap(describe(await genuineMetadata(["v14", "kusama"])));
const nothing = memoryState([], data => hashing.blake2b256(data));

/** Our own chain, whose root is whoever that account is. */
function groundOf(sudo: Uint8Array): DispatchGround {
  const khala = new KhalaTestChain({sessionPeriod: 10});
  const runtime = createRuntime(khala.chain);
  const host = {state: new Overlay(khala.view), verifySignature: () => false};
  const description = unwrap(describeRuntime(runtime, host));
  const key = unwrap(storageKey(findItem(description, "Sudo.Key")!, [], hashing));
  const state = new Overlay(khala.view);
  state.set(key, sudo);
  return {
    reader: new StateReader(description, state, hashing),
    hashing,
    genesisHash: new Uint8Array(32),
    specVersion: 1,
    transactionVersion: 1,
    number: 7,
    hasRelayChain: false,
    signerOf: account => (bytesToHex(account) === bytesToHex(alice.account) ? alice : undefined),
  };
}

const remark = (ground: DispatchGround) =>
  unwrap(callFromJson(ground.reader.description, "System.remark", {remark: "0x01"}));

/** How a plan goes, and the call that its extrinsic carries. */
function told(ground: DispatchGround, origin: unknown) {
  const plan = planDispatch(ground, {origin, call: remark(ground)});
  if (!plan.ok) return plan.error.code;
  if (!("extrinsic" in plan.value)) return plan.value.how;
  const {description} = ground.reader;
  const {call} = unwrap(readExtrinsic(description, plan.value.extrinsic));
  const {pallet, name} = call;
  return `${plan.value.how}: ${pallet}.${name}`;
}

test("whose secret is known signs; root and strangers go by sudo where its key is known", () => {
  const ground = groundOf(alice.account);
  assert.equal(told(ground, {signed: bytesToHex(alice.account)}), "signed: System.remark");
  assert.equal(told(ground, "root"), "sudo: Sudo.sudo");
  assert.equal(told(ground, {Signed: bytesToHex(known("Bob").sr25519)}), "sudo-as: Sudo.sudo_as");
});

test("without a known key, and without a scheduler, no way is made up", () => {
  const ground = groundOf(known("Bob").sr25519);
  assert.equal(told(ground, "root"), "scheduler-missing");
  assert.equal(told(ground, {signed: bytesToHex(known("Eve").sr25519)}), "scheduler-missing");
  assert.equal(told(ground, {signed: "nobody"}), "account-unreadable");
  assert.equal(told(ground, {signed: bytesToHex(alice.account)}), "signed: System.remark");
});

test("a call is put behind what an agenda holds, with its origin as the runtime knows it", () => {
  const reader = new StateReader(kusama, nothing, hashing);
  const call = unwrap(
    encodeCall(kusama, {call: "System.remark", args: {remark: new Uint8Array(3)}}),
  );
  const origin = {Origins: "Treasurer"};
  const [key, first] = unwrap(agendaEntry(reader, {block: 9, call, origin}, hashing));
  assert.equal(key, unwrap(storageKey(findItem(kusama, "Scheduler.Agenda")!, [9], hashing)));
  const state = memoryState([[key, first]], data => hashing.blake2b256(data));
  const again = new StateReader(kusama, state, hashing);
  const root = {block: 9, call, origin: {system: "Root"}};
  const [, both] = unwrap(agendaEntry(again, root, hashing));
  const count = unwrap(
    attempt(both, source => {
      const length = readCompact(source);
      source.advance(source.remaining);
      return length;
    }),
  );
  assert.equal(count, 2);
  const agenda = JSON.stringify(
    unwrap(readValue(findItem(kusama, "Scheduler.Agenda")!.value, both)),
    (_, value) => (typeof value === "bigint" ? String(value) : value),
  );
  assert.match(agenda, /"Treasurer".*"Root"/);
  const wrong = agendaEntry(reader, {block: 9, call, origin: {Nobody: 1}}, hashing);
  assert.equal(wrong.ok ? "" : wrong.error.code, "misfit");
});

test("an agenda whose types are only named takes no call, and that is the scheduler's fault", async () => {
  const early = unwrap(describe(await genuineMetadata(["v13", "kusama"])));
  const reader = new StateReader(early, nothing, hashing);
  const call = Uint8Array.of(0, 1, 0);
  const refused = agendaEntry(reader, {block: 9, call, origin: {system: "Root"}}, hashing);
  assert.equal(refused.ok ? "" : refused.error.code, "scheduler-undescribed");
});

test("what became of a call is read from the events of the way that it went", () => {
  const event = (name: string, fields: unknown, extrinsic?: number) => ({
    name,
    pallet: name.split(".")[0]!,
    variant: name.split(".")[1]!,
    fields,
    phase: extrinsic === undefined ? ("Initialization" as const) : ("ApplyExtrinsic" as const),
    extrinsic,
    topics: [],
  });
  const failed = {type: "BadOrigin"};
  const sudone = event("Sudo.Sudid", {sudoResult: {ok: false, error: failed}}, 2);
  const dispatched = event("Scheduler.Dispatched", {result: {ok: true, value: {}}});
  const fine = event("System.ExtrinsicSuccess", {}, 2);
  const other = event("System.ExtrinsicFailed", {dispatchError: failed}, 1);
  const outcome = (events: Parameters<typeof outcomeIn>[1], how: "signed" | "sudo" | "scheduled") =>
    outcomeIn(kusama, events, {how, index: how === "scheduled" ? undefined : 2});
  assert.equal(outcome([other, sudone, fine], "sudo")?.error, "BadOrigin");
  assert.equal(outcome([other, fine], "signed")?.error, undefined);
  assert.deepEqual(outcome([other, fine], "signed")?.events, [fine]);
  assert.equal(
    outcome([event("System.ExtrinsicFailed", {dispatchError: failed}, 2)], "signed")?.error,
    "BadOrigin",
  );
  assert.deepEqual(outcome([dispatched, other], "scheduled"), {
    error: undefined,
    events: [dispatched],
  });
  assert.equal(outcome([fine], "sudo"), undefined);
});
