import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {unwrap} from "#base";
import {type DispatchInfo, type Pays, type Weight, weightOf} from "#primitives";
import {done} from "../../frame/index.ts";
import {account} from "../../test-kit/accounts.ts";
import {MockRuntime} from "../../test-kit/mock-runtime.ts";
import {FeeCalculator} from "./fee.ts";
import {ONE} from "./fixed-point.ts";
import {createTransactionPayment} from "./index.ts";

/** One planck per picosecond and byte, five for being there: 1 to 6 hold a hundred to six hundred. */
class FeeMock extends MockRuntime {
  readonly kept: bigint[] = [];
  readonly payment = this.add(
    createTransactionPayment(
      this.scope("TransactionPayment"),
      {
        fee: {feePerBillionRefTime: 1_000_000_000n, feePerByte: 1n},
        multiplier: {targetPpm: 250_000n, variability: 10n ** 13n, minimum: 10n ** 9n},
        operationalFeeMultiplier: 5,
        sink: (_, amount) => this.kept.push(amount),
        blockWeights: this.blockWeights,
        blockLength: this.blockLength,
      },
      {currency: this.balances.currency, blockWeight: this.system.storage.blockWeight},
    ),
  );

  constructor(balances: readonly (readonly [number, bigint])[] = BALANCES) {
    super({balances});
    this.setBlock(1);
  }

  #input(who: number, info: DispatchInfo, length: number, tip: bigint) {
    const call = this.call("System", "remark");
    return {who: account(who), call, info, length, extra: tip};
  }

  validate(who: number, info: DispatchInfo, length: number, tip = 0n) {
    return this.payment.charge.validate!(this.state, this.#input(who, info, length, tip));
  }

  pre(who: number, info: DispatchInfo, length: number, tip = 0n) {
    return this.payment.charge.preDispatch!(this.state, this.#input(who, info, length, tip));
  }

  post(pre: unknown, info: DispatchInfo, length: number, actual?: Weight, paysFee?: Pays): void {
    const post = {actualWeight: actual, paysFee};
    this.payment.charge.postDispatch!(this.state, {pre, info, post, length, result: done()});
  }

  /** Charges and settles at once; what the account has left in between and in the end. */
  charge(
    who: number,
    weight: bigint,
    options: {length?: number; tip?: bigint; actual?: bigint} = {},
  ): [bigint, bigint] {
    const {length = 10, tip = 0n, actual} = options;
    const info = infoOf(weight);
    const pre = unwrap(this.pre(who, info, length, tip));
    const between = this.free(who);
    this.post(pre, info, length, actual === undefined ? undefined : weightOf(actual));
    return [between, this.free(who)];
  }

  setMultiplier(numerator: bigint, denominator: bigint): void {
    const one = 10n ** 18n;
    this.payment.storage.nextFeeMultiplier.set(this.state, (one * numerator) / denominator);
  }
}

const BALANCES = [1, 2, 3, 4, 5, 6].map(n => [n, BigInt(n) * 100n] as const);

const infoOf = (
  refTime: bigint,
  which: DispatchInfo["class"] = "Normal",
  paysFee: Pays = "Yes",
): DispatchInfo => ({weight: weightOf(refTime), class: which, paysFee});

test("a fee is taken before the call and settled by what the call came to, the tip kept", () => {
  const mock = new FeeMock();
  assert.deepEqual(mock.charge(2, 5n), [200n - 5n - 10n - 5n, 180n]);
  assert.deepEqual(mock.kept, [20n]);
  assert.deepEqual(mock.charge(3, 100n, {tip: 5n, actual: 50n}), [
    300n - 5n - 10n - 100n - 5n,
    300n - 5n - 10n - 50n - 5n,
  ]);
  assert.deepEqual(mock.kept, [20n, 70n]);
});

test("a refund is multiplied as the fee was", () => {
  const mock = new FeeMock();
  mock.setMultiplier(3n, 2n);
  assert.deepEqual(mock.charge(3, 100n, {tip: 5n, actual: 50n}), [
    300n - 5n - 10n - 150n - 5n,
    300n - 5n - 10n - 75n - 5n,
  ]);
});

test("no weight costs more than a whole block", () => {
  const rich = 10n ** 15n;
  const mock = new FeeMock([[1, rich]]);
  unwrap(mock.pre(1, infoOf(1n << 62n), 10));
  assert.equal(rich - mock.free(1), 5n + 10n + mock.blockWeights.maxBlock.refTime);
});

test("who has nothing may make calls that cost nothing, and only these", () => {
  const mock = new FeeMock();
  assert.equal(mock.validate(100, infoOf(5n, "Operational", "No"), 10).ok, true);
  assert.deepEqual(mock.validate(100, infoOf(5n), 10), {
    ok: false,
    error: {type: "Invalid", value: {type: "Payment"}},
  });
  assert.deepEqual(mock.events(), []);
});

test("congestion makes weight dearer and leaves the price of length", () => {
  const mock = new FeeMock();
  mock.setMultiplier(3n, 2n);
  mock.charge(1, 3n, {tip: 10n});
  assert.equal(mock.free(1), 100n - 10n - 5n - 10n - 4n);
});

test("a fee is base, length and weight, without a multiplier", () => {
  const {payment, state} = new FeeMock();
  const fee = (length: number, weight: bigint, paysFee: Pays = "Yes", tip = 0n) =>
    payment.fees.declaredFee(state, length, infoOf(weight, "Operational", paysFee), tip);
  assert.equal(fee(0, 0n, "No", 10n), 10n, "the tip alone");
  assert.equal(fee(0, 0n), 5n);
  assert.equal(fee(0, 0n, "Yes", 69n), 74n);
  assert.equal(fee(42, 0n), 47n);
  assert.equal(fee(0, 1_000n), 1_005n);
});

test("a multiplier of 3/2, then of 1/2, acts on the weight alone", () => {
  const mock = new FeeMock();
  const fee = () => mock.payment.fees.declaredFee(mock.state, 456, infoOf(123n), 789n);
  mock.setMultiplier(3n, 2n);
  assert.equal(fee(), 5n + 456n + 184n + 789n);
  mock.setMultiplier(1n, 2n);
  assert.equal(fee(), 5n + 456n + 61n + 789n);
});

test("a fee of exactly a half planck is rounded down, and a larger part up", () => {
  const price = (feePerBillionRefTime: bigint) =>
    new FeeCalculator(
      {feePerBillionRefTime, feePerByte: 1n, blockWeights: new FeeMock().blockWeights},
      () => ONE,
    );
  const half = price(500_000_000n);
  assert.deepEqual(
    [1n, 2n, 3n, 1_000_000_001n].map(time => half.weightToFee(weightOf(time))),
    [0n, 1n, 1n, 500_000_000n],
  );
  assert.equal(price(500_000_001n).weightToFee(weightOf(1n)), 1n);
});

test("the largest figures give a fee", () => {
  const {payment, state, blockWeights} = new FeeMock();
  const info = infoOf((1n << 64n) - 1n);
  const fee = payment.fees.declaredFee(state, 0xffff_ffff, info, 0n);
  assert.equal(fee, 5n + 0xffff_ffffn + blockWeights.maxBlock.refTime);
});

test("a refund does not bring the dead back to life", () => {
  const mock = new FeeMock();
  const info = infoOf(100n);
  const pre = unwrap(mock.pre(2, info, 10, 5n));
  mock.balances.currency.transfer(mock.state, account(2), account(3), 80n, "Expendable");
  mock.clearEvents();
  mock.post(pre, info, 10, weightOf(50n));
  assert.equal(mock.free(2), 0n);
  assert.equal(mock.system.storage.account.has(mock.state, account(2)), false);
  assert.deepEqual(mock.kept, [120n]);
  assert.deepEqual(
    mock.events().map(([name]) => name),
    ["TransactionPayment.TransactionFeePaid"],
  );
});

test("a call that claims to weigh more than declared gets nothing back and pays nothing more", () => {
  const mock = new FeeMock();
  assert.deepEqual(mock.charge(2, 100n, {actual: 101n}), [85n, 85n]);
});

test("nothing is withdrawn for a free transaction, and that is told", () => {
  const mock = new FeeMock();
  const info = infoOf(100n, "Normal", "No");
  const pre = unwrap(mock.pre(69, info, 10));
  mock.post(pre, info, 10);
  assert.deepEqual([mock.free(69), mock.kept], [0n, []]);
  assert.deepEqual(mock.events(), [
    ["TransactionPayment.TransactionFeePaid", {who: 69, actualFee: 0n, tip: 0n}],
  ]);
});

test("after the refund the fee is what the actual weight costs", () => {
  const mock = new FeeMock();
  mock.setMultiplier(5n, 4n);
  const [, left] = mock.charge(2, 100n, {tip: 5n, actual: 33n});
  const actual = mock.payment.fees.declaredFee(mock.state, 10, infoOf(33n), 5n);
  assert.equal(200n - left, actual);
});

test("a call may turn out to be free, of all but its tip", () => {
  const mock = new FeeMock();
  const info = infoOf(100n);
  const pre = unwrap(mock.pre(2, info, 10, 5n));
  mock.post(pre, info, 10, undefined, "No");
  assert.equal(mock.free(2), 195n);
  assert.deepEqual(mock.kept, [5n]);
});

test("an Operational transaction goes before a Normal one of the same fee", () => {
  const mock = new FeeMock();
  const priority = (which: DispatchInfo["class"], tip: bigint) =>
    unwrap(mock.validate(6, infoOf(100n, which), 10, tip)).priority;
  const normal = priority("Normal", 5n);
  const operational = priority("Operational", 5n);
  // Length decides how many fit: 3,932,160 bytes of Normal and 5,242,880 of Operational, 10 bytes each.
  assert.equal(normal, 6n * 393_216n);
  assert.equal(operational, 524_288n * (6n + (5n + 10n + 100n + 5n) * 5n));
});

test("a transaction without a tip has some priority", () => {
  const mock = new FeeMock();
  assert.equal(unwrap(mock.validate(2, infoOf(100n), 10)).priority, 393_216n);
});

test("a higher tip is a higher priority, up to the largest number there is", () => {
  const mock = new FeeMock([[2, 1n << 100n]]);
  const priority = (tip: bigint) => unwrap(mock.validate(2, infoOf(100n), 10, tip)).priority;
  const tips = [0n, 1n, 2n, 10n, 1_000n].map(priority);
  assert.deepEqual(
    tips,
    [...tips].sort((a, b) => Number(a! - b!)),
  );
  assert.equal(new Set(tips).size, tips.length);
  assert.equal(priority(1n << 90n), (1n << 64n) - 1n);
});

test("without a genesis of its own the multiplier reads as one and is not stored", () => {
  const {payment, state} = new FeeMock();
  assert.equal(payment.storage.nextFeeMultiplier.exists(state), false);
  assert.equal(payment.storage.nextFeeMultiplier.get(state), 10n ** 18n);
  assert.equal(payment.storage.storageVersion.get(state), "V1Ancient");
  payment.pallet.hooks!.onFinalize!(state, 1);
  assert.equal(payment.storage.nextFeeMultiplier.get(state), 999_997_500_003_125_000n);
});

test("the pool is told that a fee can be paid exactly where the block then takes it, and nothing is written for that", () => {
  const amount = fc.bigInt({min: 0n, max: 700n});
  const data = fc.record({free: amount, reserved: amount, frozen: amount});
  fc.assert(
    fc.property(data, fc.bigInt({min: 1n, max: 700n}), fc.boolean(), (held, weight, isOld) => {
      const mock = new FeeMock();
      const {account: accounts} = mock.system.storage;
      const info = mock.info(1);
      const flags = isOld ? 0n : info.data.flags;
      accounts.set(mock.state, account(1), {...info, data: {...held, flags}});
      const before = mock.state.changes();
      const asked = mock.validate(1, infoOf(weight), 10);
      assert.deepEqual(mock.state.changes(), before);
      const taken = mock.pre(1, infoOf(weight), 10);
      assert.equal(asked.ok, taken.ok);
      if (!asked.ok) assert.deepEqual(asked, taken);
    }),
    {numRuns: 300},
  );
});
