import assert from "node:assert/strict";
import {test} from "node:test";
import {encode, u64} from "#codec";
import {TIMESTAMP_INHERENT} from "#primitives";
import {MockRuntime} from "../../test-kit/mock-runtime.ts";
import {createTimestamp} from "./index.ts";

const MINIMUM_PERIOD = 5n;

class TimestampMock extends MockRuntime {
  readonly told: bigint[] = [];
  readonly timestamp = this.add(
    createTimestamp(this.scope("Timestamp"), {
      minimumPeriod: MINIMUM_PERIOD,
      onTimestampSet: (_, now) => this.told.push(now),
    }),
  );

  set(now: bigint, origin = this.none): string {
    return this.run(origin, "Timestamp", "set", {now});
  }

  finalize(): void {
    this.timestamp.pallet.hooks?.onFinalize?.(this.state, this.block);
  }

  get now(): bigint {
    return this.timestamp.storage.now.get(this.state);
  }
}

const provided = (now: bigint) => new Map([[TIMESTAMP_INHERENT, encode(u64, now)]]);

test("the time is set by the block itself, and listeners hear of it", () => {
  const mock = new TimestampMock();
  assert.equal(mock.set(69n), "ok");
  assert.equal(mock.now, 69n);
  assert.deepEqual(mock.told, [69n]);
});

test("nobody else sets the time", () => {
  const mock = new TimestampMock();
  assert.equal(mock.set(69n, mock.signed(1)), "BadOrigin");
  assert.equal(mock.set(69n, mock.root), "BadOrigin");
  assert.equal(mock.now, 0n);
});

test("a block sets its time once", () => {
  const mock = new TimestampMock();
  mock.set(69n);
  assert.throws(() => mock.set(70n), /must be updated only once in the block/);
});

test("blocks are at least the minimum period apart", () => {
  const mock = new TimestampMock();
  mock.set(44n);
  mock.finalize();
  assert.throws(() => mock.set(44n + MINIMUM_PERIOD - 1n), /must increment by at least/);
  assert.equal(mock.set(44n + MINIMUM_PERIOD), "ok");
});

test("a block that sets no time cannot end", () => {
  const mock = new TimestampMock();
  assert.throws(() => mock.finalize(), /must be updated once in the block/);
  mock.set(10n);
  mock.finalize();
  assert.equal(mock.timestamp.storage.didUpdate.exists(mock.state), false);
});

test("the inherent is the author's time, or the earliest that is allowed", () => {
  const mock = new TimestampMock();
  mock.set(100n);
  const inherent = mock.timestamp.pallet.inherent!;
  const created = (now: bigint) => {
    const result = inherent.create(mock.state, provided(now));
    assert.ok(result.ok);
    return result.value?.args;
  };
  assert.deepEqual(created(200n), {now: 200n});
  assert.deepEqual(created(90n), {now: 105n});
});

test("an inherent half a minute ahead of us, or before its time, is refused for ever", () => {
  const mock = new TimestampMock();
  mock.set(100n);
  const inherent = mock.timestamp.pallet.inherent!;
  const {call} = mock.call("Timestamp", "set");
  const check = (now: bigint, ours: bigint) => {
    const error = inherent.check(mock.state, {call, args: {now}}, provided(ours));
    return error === undefined ? "accepted" : [error.fatal, ...error.encoded];
  };
  assert.equal(check(30_200n, 200n), "accepted");
  assert.deepEqual(check(30_201n, 200n), [true, 1]);
  assert.deepEqual(check(104n, 200n), [true, 0]);
  assert.equal(check(105n, 200n), "accepted");
});
