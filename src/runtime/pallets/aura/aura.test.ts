import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex} from "#base";
import {encode, u64} from "#codec";
import {AURA_ENGINE, type DigestItem, digestItem} from "#primitives";
import {account} from "../../test-kit/accounts.ts";
import {MockRuntime} from "../../test-kit/mock-runtime.ts";
import {createAura, slotOfDigest} from "./index.ts";

const slotItem = (slot: bigint): DigestItem => ({
  type: "PreRuntime",
  value: [AURA_ENGINE, encode(u64, slot)],
});

/** Aura with authorities 0 to 3 and slots of 2 ms (spec/pallets §19.6). */
class AuraMock extends MockRuntime {
  readonly disabled = new Set<number>();
  readonly aura = this.add(
    createAura(this.scope("Aura"), {
      maxAuthorities: 10,
      slotDuration: 2n,
      digest: state => this.system.storage.digest.get(state).logs,
      depositLog: (state, item) => this.system.block.depositLog(state, item),
      isDisabled: (_, index) => this.disabled.has(index),
    }),
  );

  constructor() {
    super();
    this.aura.handler.onGenesisSession(this.state, [0, 1, 2, 3].map(account));
  }

  /** Begins a block made for this slot. */
  beginAt(slot: bigint): void {
    this.setBlock(this.block + 1);
    this.system.storage.digest.set(this.state, {logs: [slotItem(slot)]});
    this.aura.pallet.hooks?.onInitialize?.(this.state, this.block);
  }

  get slot(): bigint {
    return this.aura.storage.currentSlot.get(this.state);
  }

  get authorities(): Uint8Array[] {
    return this.aura.storage.authorities.get(this.state);
  }

  get logs(): readonly DigestItem[] {
    return this.system.storage.digest.get(this.state).logs;
  }
}

test("after genesis the slot is zero and the session's keys are the authorities", () => {
  const mock = new AuraMock();
  assert.equal(mock.slot, 0n);
  assert.equal(mock.authorities.length, 4);
});

test("authorities are set at genesis once", () => {
  const mock = new AuraMock();
  assert.throws(
    () => mock.aura.handler.onGenesisSession(mock.state, [account(9)]),
    /already initialized/,
  );
});

test("a disabled authority cannot author", () => {
  const mock = new AuraMock();
  mock.disabled.add(1);
  assert.throws(
    () => mock.beginAt(5n),
    /Validator with index 1 is disabled and should not be attempting to author/,
  );
  mock.beginAt(6n);
  assert.equal(mock.slot, 6n);
});

// Upstream can be told to allow several blocks in a slot; our chains never do, so of its three tests about that
// the two refusals remain.
test("a second block in the same slot is refused", () => {
  const mock = new AuraMock();
  mock.beginAt(1n);
  assert.throws(() => mock.beginAt(1n), /Slot must increase/);
});

test("a block in an earlier slot is refused", () => {
  const mock = new AuraMock();
  mock.beginAt(2n);
  assert.throws(() => mock.beginAt(1n), /Slot must increase/);
});

test("a block without a slot in its digest leaves the slot alone", () => {
  const mock = new AuraMock();
  mock.beginAt(3n);
  mock.system.storage.digest.set(mock.state, {logs: []});
  mock.aura.pallet.hooks?.onInitialize?.(mock.state, 2);
  assert.equal(mock.slot, 3n);
});

test("the first item of Aura's that holds a slot counts", () => {
  const stranger: DigestItem = {type: "PreRuntime", value: [Uint8Array.of(1, 2, 3, 4), account(1)]};
  const broken: DigestItem = {type: "PreRuntime", value: [AURA_ENGINE, Uint8Array.of(1)]};
  assert.equal(slotOfDigest([stranger, broken, slotItem(7n), slotItem(8n)]), 7n);
  assert.equal(slotOfDigest([stranger, broken]), undefined);
});

test("new authorities stand at once and are announced in the digest", () => {
  const mock = new AuraMock();
  mock.aura.handler.onNewSession(mock.state, true, [account(0), account(7)], []);
  assert.deepEqual(mock.authorities, [account(0), account(7)]);
  const keys = `${"00".repeat(32)}${"00".repeat(31)}07`;
  assert.deepEqual(
    mock.logs.map(item => bytesToHex(encode(digestItem, item))),
    // Consensus, `aura`, 66 bytes: list of authorities, two of them.
    [`0x04617572610901` + `0108${keys}`],
  );
});

test("the same authorities, none, or no change at all are not announced", () => {
  const mock = new AuraMock();
  mock.aura.handler.onNewSession(mock.state, true, [0, 1, 2, 3].map(account), []);
  mock.aura.handler.onNewSession(mock.state, true, [], []);
  mock.aura.handler.onNewSession(mock.state, false, [account(9)], []);
  assert.deepEqual(mock.logs, []);
  assert.equal(mock.authorities.length, 4);
});

test("more authorities than the bound are cut off", () => {
  const mock = new AuraMock();
  const many = Array.from({length: 12}, (_, i) => account(i));
  mock.aura.handler.onNewSession(mock.state, true, many, []);
  assert.deepEqual(mock.authorities, many.slice(0, 10));
});

test("a disabled authority is announced by its index", () => {
  const mock = new AuraMock();
  mock.aura.handler.onDisabled(mock.state, 2);
  const [item] = mock.logs;
  assert.equal(bytesToHex(encode(digestItem, item!)), "0x046175726114" + "0202000000");
});

test("a block's time must lie in its slot", () => {
  const mock = new AuraMock();
  mock.beginAt(3n);
  mock.aura.onTimestampSet(mock.state, 6n);
  mock.aura.onTimestampSet(mock.state, 7n);
  for (const now of [5n, 8n]) {
    assert.throws(() => mock.aura.onTimestampSet(mock.state, now), /must match `CurrentSlot`/);
  }
});
