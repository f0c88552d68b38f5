import assert from "node:assert/strict";
import {test} from "node:test";
import {type DispatchClass, weightOf} from "#primitives";
import {account} from "../test-kit/accounts.ts";
import {MockRuntime} from "../test-kit/mock-runtime.ts";
import {checkWeight} from "./check-weight.ts";

/** Bytes of a block: 75 % of them for Normal extrinsics. */
const WHOLE = 5_242_880;
const NORMAL = 3_932_160;

class WeightMock extends MockRuntime {
  readonly extension = checkWeight({
    weights: this.blockWeights,
    length: this.blockLength,
    blockWeight: this.system.storage.blockWeight,
    allExtrinsicsLen: this.system.storage.allExtrinsicsLen,
  });

  #input(length: number, which: DispatchClass, refTime: bigint) {
    const info = {weight: weightOf(refTime), class: which, paysFee: "Yes"} as const;
    return {who: account(1), call: this.call("System", "remark"), info, length, extra: undefined};
  }

  validate(length: number, which: DispatchClass = "Normal") {
    return this.extension.validate!(this.state, this.#input(length, which, 1n)).ok;
  }

  include(length: number, which: DispatchClass = "Normal", refTime = 1n) {
    return this.extension.preDispatch!(this.state, this.#input(length, which, refTime)).ok;
  }

  get bytes(): number {
    return this.system.storage.allExtrinsicsLen.get(this.state) ?? 0;
  }
}

test("a block is filled to the last byte of each class, and no further", () => {
  const mock = new WeightMock();
  assert.equal(mock.include(NORMAL - 100), true);
  assert.deepEqual([mock.validate(101), mock.include(101)], [false, false]);
  assert.deepEqual([mock.validate(100), mock.include(100)], [true, true]);
  assert.equal(mock.bytes, NORMAL);
  assert.equal(mock.include(1), false);
  assert.equal(mock.include(WHOLE - NORMAL + 1, "Operational"), false);
  assert.equal(mock.include(WHOLE - NORMAL, "Operational"), true);
  assert.equal(mock.bytes, WHOLE);
  assert.equal(mock.include(1, "Mandatory"), false);
});

test("one extrinsic may be as long as its class, and not a byte longer", () => {
  const mock = new WeightMock();
  assert.deepEqual([mock.validate(NORMAL + 1), mock.validate(NORMAL)], [false, true]);
  assert.equal(mock.include(NORMAL), true);
});

test("a block is filled to the last picosecond of the Normal class, and no further", () => {
  const mock = new WeightMock();
  const {perClass} = mock.blockWeights;
  const {maxTotal, maxExtrinsic, baseExtrinsic} = perClass.normal;
  assert.ok(maxTotal !== undefined && maxExtrinsic !== undefined);
  const first = maxExtrinsic.refTime;
  assert.equal(mock.include(1, "Normal", first + 1n), false);
  assert.equal(mock.include(1, "Normal", first), true);
  const left = maxTotal.refTime - first - 2n * baseExtrinsic.refTime;
  assert.equal(mock.include(1, "Normal", left + 1n), false);
  assert.equal(mock.include(1, "Normal", left), true);
  assert.equal(mock.bytes, 2, "what did not fit was not counted");
});
