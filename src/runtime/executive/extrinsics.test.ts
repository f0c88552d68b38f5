import assert from "node:assert/strict";
import {test} from "node:test";
import {encode, u16, u32} from "#codec";
import {birth, mortalEra} from "#primitives";
import {account, address} from "../test-kit/accounts.ts";
import {KhalaTestChain} from "../test-kit/khala-test-chain.ts";
import {decodeExtrinsic} from "./index.ts";

const START = 1n << 60n;

const invalid = (type: string) => ({
  ok: false,
  error: {type: "Invalid", value: {type}},
});

/** A chain in the middle of its first block, the time set. */
function begun(overrides: ConstructorParameters<typeof KhalaTestChain>[0] = {}): KhalaTestChain {
  const khala = new KhalaTestChain(overrides);
  khala.begin();
  assert.ok(khala.apply(khala.timestamp()).ok);
  return khala;
}

test("a transfer in a block costs its sender the amount and the fee, and tells of both in order", () => {
  const khala = begun();
  const bytes = khala.signed(2, khala.transfer(3, 69n));
  khala.chain.system.block.resetEvents(khala.state);
  assert.ok(khala.apply(bytes).ok);
  const fee = 100_000_000n + BigInt(bytes.length) * 10_000_000n + 137_281_978n;
  assert.equal(khala.free(2), START - 69n - fee);
  assert.equal(khala.free(3), START + 69n);
  const events = khala.events();
  assert.deepEqual(
    events.map(([name]) => name),
    [
      "Balances.Withdraw",
      "Balances.Transfer",
      "Balances.Deposit",
      "TransactionPayment.TransactionFeePaid",
      "System.ExtrinsicSuccess",
    ],
  );
  assert.deepEqual(events[0]?.[1], {who: 2, amount: fee});
  assert.deepEqual(events[3]?.[1], {who: 2, actualFee: fee, tip: 0n});
});

test("a call that fails leaves its fee and its nonce, and nothing else", () => {
  const khala = begun();
  const result = khala.apply(khala.signed(2, khala.transfer(3, 1n << 61n)));
  assert.deepEqual(result, {
    ok: true,
    value: {ok: false, error: {type: "Token", value: "FundsUnavailable"}},
  });
  assert.equal(khala.chain.system.storage.account.get(khala.state, account(2)).nonce, 1);
  assert.ok(khala.free(2) < START);
  assert.equal(khala.free(3), START);
  assert.equal(khala.events().at(-1)?.[0], "System.ExtrinsicFailed");
});

test("an extrinsic with a nonce yet to come, or gone by, is not taken into a block", () => {
  const khala = begun();
  const index = () => khala.chain.system.block.extrinsicIndex(khala.state);
  assert.equal(index(), 1);
  const early = khala.signed(2, khala.transfer(3, 1n), {nonce: 30});
  assert.deepEqual(khala.tryApply(early), invalid("Future"));
  assert.equal(index(), 1);
  const first = khala.signed(2, khala.transfer(3, 1n));
  assert.ok(khala.tryApply(first).ok);
  assert.deepEqual(khala.tryApply(first), invalid("Stale"));
  assert.equal(index(), 2);
});

test("no more Normal weight fits than a block has for it", () => {
  // Three quarters of 10^10 ps, at 124,414,000 + 170,798,000 a transfer.
  const khala = begun({maxBlockRefTime: 10_000_000_000n});
  for (let nonce = 0; nonce < 25; nonce++) {
    assert.ok(khala.tryApply(khala.signed(2, khala.transfer(3, 1n), {nonce})).ok);
  }
  const next = khala.signed(2, khala.transfer(3, 1n), {nonce: 25});
  assert.deepEqual(khala.tryApply(next), invalid("ExhaustsResources"));
});

test("no more Normal bytes fit than a block has for them", () => {
  const khala = begun({maxBlockLength: 4_096});
  const remark = (length: number) =>
    khala.signed(2, khala.call("System", "remark", {remark: new Uint8Array(length)}));
  assert.deepEqual(khala.tryApply(remark(3_072)), invalid("ExhaustsResources"));
  assert.ok(khala.tryApply(remark(2_800)).ok);
});

test("no single extrinsic may be heavier than its class allows", () => {
  const khala = begun({maxBlockRefTime: 10_000_000_000n});
  // 75 % of the block, less 5 % for hooks and the base, is 6,875,586,000: the sum alone would still fit.
  const call = khala.call("Utility", "with_weight", {
    call: khala.call("System", "remark", {remark: new Uint8Array(0)}),
    weight: {refTime: 7_000_000_000n, proofSize: 0n},
  });
  assert.deepEqual(khala.tryApply(khala.signed(2, call)), invalid("ExhaustsResources"));
});

test("each extrinsic adds its weight and its length to the block's", () => {
  const khala = begun();
  const length = () => khala.chain.system.storage.allExtrinsicsLen.get(khala.state) ?? 0;
  const before = {weight: khala.blockWeight.normal.refTime, length: length()};
  assert.equal(before.weight, 0n);
  assert.equal(before.length, khala.timestamp().length);
  const bytes = khala.signed(2, khala.transfer(3, 1n));
  assert.ok(khala.apply(bytes).ok);
  assert.ok(khala.apply(khala.signed(2, khala.transfer(3, 1n), {nonce: 1})).ok);
  assert.equal(khala.blockWeight.normal.refTime, 2n * (124_414_000n + 170_798_000n));
  assert.equal(length(), before.length + 2 * bytes.length);
});

test("weight that a call did not use is given back to the block", () => {
  const khala = begun();
  const register = khala.call("CollatorSelection", "register_as_candidate");
  const keys = {keys: {aura: account(2), grandpa: account(2)}, proof: new Uint8Array(0)};
  assert.ok(khala.apply(khala.signed(2, khala.call("Session", "set_keys", keys))).ok);
  const before = khala.blockWeight.normal.refTime;
  assert.ok(khala.apply(khala.signed(2, register, {nonce: 1})).ok);
  const used = khala.blockWeight.normal.refTime - before;
  assert.equal(used, 124_414_000n + 71_196_000n + 198_000n + 300_000_000n);
});

test("unsigned calls do not wait in the pool", () => {
  const khala = new KhalaTestChain();
  const bytes = khala.bare(khala.call("System", "remark", {remark: new Uint8Array(0)}));
  assert.deepEqual(khala.validate(bytes), {
    ok: false,
    error: {type: "Unknown", value: {type: "NoUnsignedValidator"}},
  });
});

test("an account whose funds are all frozen cannot pay a fee", () => {
  const khala = begun();
  const {account: accounts} = khala.chain.system.storage;
  const info = accounts.get(khala.state, account(2));
  const data = {...info.data, frozen: info.data.free};
  accounts.set(khala.state, account(2), {...info, data, consumers: 1});
  assert.deepEqual(khala.tryApply(khala.signed(2, khala.transfer(3, 1n))), invalid("Payment"));
});

test("a signature that does not hold is refused, in the pool and in a block", () => {
  const khala = begun();
  khala.signaturesHold = false;
  const bytes = khala.signed(2, khala.transfer(3, 1n));
  assert.deepEqual(khala.validate(bytes), invalid("BadProof"));
  assert.deepEqual(khala.tryApply(bytes), invalid("BadProof"));
});

test("a payload is signed as it is, and a long one by its hash", () => {
  const khala = begun();
  const ask = (length: number) => {
    khala.validate(
      khala.signed(2, khala.call("System", "remark", {remark: new Uint8Array(length)})),
    );
    return khala.asked.at(-1)!.message.length;
  };
  // Two bytes of call, two of length, extra 4, versions 8, two hashes 64, an empty option: 81 with no text.
  assert.equal(ask(100), 2 + 2 + 100 + 4 + 8 + 64 + 1);
  assert.equal(ask(175), 256);
  assert.equal(ask(176), 32);
});

test("the zero account signs nothing", () => {
  const khala = begun();
  assert.deepEqual(khala.tryApply(khala.signed(0, khala.transfer(3, 1n))), invalid("BadSigner"));
});

test("an address that is no account id does not resolve to a signer", () => {
  const khala = begun();
  const bytes = khala.signed(2, khala.transfer(3, 1n));
  const indexed = Uint8Array.from([...bytes]);
  indexed[3] = 3; // Address32 has the same bytes.
  assert.deepEqual(khala.tryApply(indexed), {
    ok: false,
    error: {type: "Unknown", value: {type: "CannotLookup"}},
  });
});

test("the pool is told tags by nonce, longevity by era, and priority by size and tip", () => {
  const khala = new KhalaTestChain();
  const tag = (nonce: number) => Uint8Array.from([...account(2), ...encode(u32, nonce)]);
  const valid = khala.validate(khala.signed(2, khala.transfer(3, 1n)));
  assert.ok(valid.ok);
  assert.deepEqual([valid.value.requires, valid.value.provides], [[], [tag(0)]]);
  // From block 1 on to the last that a u64 can name.
  assert.equal(valid.value.longevity, (1n << 64n) - 2n);
  assert.equal(valid.value.propagate, true);
  const later = khala.validate(khala.signed(2, khala.transfer(3, 1n), {nonce: 5, tip: 1n}));
  assert.ok(later.ok);
  assert.deepEqual([later.value.requires, later.value.provides], [[tag(4)], [tag(5)]]);
  assert.equal(later.value.priority, 2n * valid.value.priority);
});

test("a mortal signature counts until its era is over", () => {
  const khala = new KhalaTestChain({blockHashCount: 8});
  const era = mortalEra(4, 1);
  assert.equal(birth(era, 1), 1);
  khala.advance();
  const bytes = khala.signed(2, khala.transfer(3, 1n), {era});
  const left = () => {
    const result = khala.validate(bytes);
    assert.ok(result.ok);
    return result.value.longevity;
  };
  assert.equal(left(), 3n);
  khala.advance();
  khala.advance();
  assert.equal(left(), 1n);
});

test("a signature from before the hashes that are kept is ancient", () => {
  const khala = new KhalaTestChain({blockHashCount: 8});
  for (let i = 0; i < 12; i++) khala.advance();
  const era = mortalEra(64, 1);
  const bytes = khala.signed(2, khala.transfer(3, 1n), {era});
  assert.deepEqual(khala.validate(bytes), invalid("AncientBirthBlock"));
});

test("in the block that begins a session only what must goes in", () => {
  const khala = new KhalaTestChain({sessionPeriod: 2, kickThreshold: 2});
  khala.advance();
  khala.begin();
  assert.ok(khala.apply(khala.timestamp()).ok);
  const normal = khala.signed(2, khala.transfer(3, 1n));
  assert.deepEqual(khala.tryApply(normal), invalid("ExhaustsResources"));
  const pages = khala.call("System", "set_heap_pages", {pages: 8n});
  assert.ok(khala.tryApply(khala.signed(1, khala.call("Sudo", "sudo", {call: pages}))).ok);
});

test("extrinsics of another version, of a wrong length or with bytes left over do not decode", () => {
  const khala = new KhalaTestChain();
  const {composition} = khala;
  const good = khala.signed(2, khala.transfer(3, 1n));
  const decodes = (bytes: Uint8Array) =>
    decodeExtrinsic(bytes, composition.extensions, composition.runtimeCall).ok;
  assert.equal(decodes(good), true);
  const changed = (at: number, to: number) => good.map((byte, i) => (i === at ? to : byte));
  assert.equal(decodes(changed(2, 0x85)), false);
  assert.equal(decodes(good.subarray(0, -1)), false);
  const [low, high] = encode(u16, ((good.length - 2 + 1) << 2) | 1);
  assert.equal(decodes(Uint8Array.from([low!, high!, ...good.subarray(2), 0])), false);
});

test("a call nested too deep does not decode", () => {
  const khala = new KhalaTestChain();
  const nest = (depth: number) => {
    let call = khala.call("System", "remark", {remark: new Uint8Array(0)});
    for (let i = 0; i < depth; i++) call = khala.call("Sudo", "sudo", {call});
    return khala.signed(1, call);
  };
  const {extensions, runtimeCall} = khala.composition;
  assert.equal(decodeExtrinsic(nest(200), extensions, runtimeCall).ok, true);
  const deep = decodeExtrinsic(nest(300), extensions, runtimeCall);
  assert.ok(!deep.ok && deep.error.code === "too-deep");
});

test("sudo in a block costs nothing in the end", () => {
  const khala = begun();
  const set = khala.call("Balances", "force_set_balance", {who: address(9), newFree: 1n << 50n});
  const before = khala.free(1);
  assert.ok(khala.apply(khala.signed(1, khala.call("Sudo", "sudo", {call: set}))).ok);
  assert.equal(khala.free(1), before);
  assert.equal(khala.free(9), 1n << 50n);
});
