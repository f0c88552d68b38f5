import assert from "node:assert/strict";
import {test} from "node:test";
import {type Weight, weightOf} from "#primitives";
import type {RuntimeCall} from "../../frame/index.ts";
import {account, address, numberOf} from "../../test-kit/accounts.ts";
import {MockRuntime} from "../../test-kit/mock-runtime.ts";
import {createRecorder} from "../../test-kit/recorder.ts";
import {BATCHED_CALLS_LIMIT} from "./batch-limit.ts";
import {derivativeAccount} from "./calls/as-derivative.ts";
import {createUtility} from "./index.ts";

/** Accounts 1 to 4 hold 10 and 5 holds 2; transfer_all is filtered out. */
class UtilityMock extends MockRuntime {
  override filter = ({call}: RuntimeCall) => call.name !== "transfer_all";
  readonly recorder = this.add(createRecorder(this.scope("Recorder")));
  readonly utility = this.add(
    createUtility(this.scope("Utility"), {
      dispatcher: this.dispatcher,
      runtimeCall: this.runtimeCall,
      baseFilter: call => this.filter(call),
      crate: "mock_runtime",
    }),
  );

  constructor() {
    super({
      balances: [
        [1, 10n],
        [2, 10n],
        [3, 10n],
        [4, 10n],
        [5, 2n],
      ],
    });
    this.setBlock(1);
  }

  transfer(to: number, value: bigint): RuntimeCall {
    return this.call("Balances", "transfer_allow_death", {dest: address(to), value});
  }

  work(fails: boolean, declared: Weight, actual?: Weight): RuntimeCall {
    return this.call("Recorder", "work", {fails, declared, actual});
  }

  batch(name: string, calls: readonly RuntimeCall[], origin = this.signed(1)): string {
    return this.run(origin, "Utility", name, {calls});
  }

  names(): string[] {
    return this.events().map(([name]) => name);
  }
}

const NOT_ALLOWED = {dest: address(2), keepAlive: false};

test("a call by a pseudonym spends the pseudonym's funds", () => {
  const mock = new UtilityMock();
  const pseudonym = derivativeAccount(mock.hashing.blake2b256, account(1), 0);
  const dest = {type: "Id", value: pseudonym};
  const fund = {dest, value: 5n};
  assert.equal(mock.run(mock.signed(1), "Balances", "transfer_allow_death", fund), "ok");
  const spend = (index: number) =>
    mock.run(mock.signed(1), "Utility", "as_derivative", {index, call: mock.transfer(2, 3n)});
  assert.equal(spend(1), "Token.FundsUnavailable");
  assert.equal(spend(0), "ok");
  assert.equal(mock.balances.currency.free(mock.state, pseudonym), 2n);
  assert.equal(mock.free(2), 13n);
});

test("a pseudonym may do no more than its owner", () => {
  const mock = new UtilityMock();
  const call = mock.call("Balances", "transfer_all", NOT_ALLOWED);
  const args = {index: 1, call};
  assert.equal(mock.run(mock.signed(1), "Utility", "as_derivative", args), "System.CallFiltered");
});

test("a call by a pseudonym weighs what the inner call came to", () => {
  const mock = new UtilityMock();
  const args = {index: 0, call: mock.work(false, weightOf(500n), weightOf(200n))};
  const result = mock.dispatch(mock.signed(1), mock.call("Utility", "as_derivative", args));
  assert.ok(result.ok);
  assert.equal(result.value.actualWeight?.refTime, 5_268_000n + 125_000_000n + 200n);
});

test("root makes many calls in one, filter or not", () => {
  const mock = new UtilityMock();
  const force = (value: bigint) =>
    mock.call("Balances", "force_transfer", {source: address(1), dest: address(2), value});
  const store = mock.call("System", "set_storage", {items: [[account(8), Uint8Array.of(99)]]});
  assert.equal(mock.batch("batch", [force(5n), force(5n), store], mock.root), "ok");
  assert.deepEqual([mock.free(1), mock.free(2)], [0n, 20n]);
  assert.deepEqual(mock.state.get(String.fromCharCode(...account(8))), Uint8Array.of(99));
});

test("a signer makes many calls in one", () => {
  const mock = new UtilityMock();
  assert.equal(mock.batch("batch", [mock.transfer(2, 5n), mock.transfer(2, 5n)]), "ok");
  assert.deepEqual([mock.free(1), mock.free(2)], [0n, 20n]);
  assert.deepEqual(mock.names().slice(-2), ["Utility.ItemCompleted", "Utility.BatchCompleted"]);
});

test("calls in a batch are filtered one by one", () => {
  const mock = new UtilityMock();
  assert.equal(mock.batch("batch", [mock.call("Balances", "transfer_all", NOT_ALLOWED)]), "ok");
  const [[name, fields] = []] = mock.events();
  assert.equal(name, "Utility.BatchInterrupted");
  const {index, error} = fields as {index: number; error: never};
  assert.equal(index, 0);
  assert.equal(mock.errorName(error), "System.CallFiltered");
});

test("a batch stops at the first failure and keeps what was done", () => {
  const mock = new UtilityMock();
  const calls = [mock.transfer(2, 5n), mock.transfer(2, 10n), mock.transfer(2, 5n)];
  assert.equal(mock.batch("batch", calls), "ok");
  assert.deepEqual([mock.free(1), mock.free(2)], [5n, 15n]);
  assert.deepEqual(mock.events().at(-1), [
    "Utility.BatchInterrupted",
    {index: 1, error: {type: "Token", value: "FundsUnavailable"}},
  ]);
});

test("a batch weighs what its calls came to, as far as it got", () => {
  const mock = new UtilityMock();
  const base = (calls: bigint) => 16_943_157n + 4_653_855n * calls;
  const declared = weightOf(100n);
  const actual = weightOf(75n);
  const weigh = (calls: readonly RuntimeCall[]) => {
    const result = mock.dispatch(mock.signed(1), mock.call("Utility", "batch", {calls}));
    assert.ok(result.ok);
    return result.value.actualWeight?.refTime;
  };
  const good = mock.work(false, declared);
  const light = mock.work(false, declared, actual);
  const bad = mock.work(true, declared, actual);
  assert.equal(weigh([good, good]), base(2n) + 200n);
  assert.equal(weigh([light, light]), base(2n) + 150n);
  assert.equal(weigh([light, bad]), base(2n) + 150n);
  assert.equal(weigh([light, bad, good]), base(2n) + 150n);
});

test("batch_all makes all calls", () => {
  const mock = new UtilityMock();
  assert.equal(mock.batch("batch_all", [mock.transfer(2, 5n), mock.transfer(2, 5n)]), "ok");
  assert.deepEqual([mock.free(1), mock.free(2)], [0n, 20n]);
});

test("batch_all undoes everything when one call fails, events included", () => {
  const mock = new UtilityMock();
  const calls = [mock.transfer(2, 5n), mock.transfer(2, 10n), mock.transfer(2, 5n)];
  assert.equal(mock.batch("batch_all", calls), "Token.FundsUnavailable");
  assert.deepEqual([mock.free(1), mock.free(2)], [10n, 10n]);
  assert.deepEqual(mock.events(), []);
});

test("batch_all does not contain itself, for a signer", () => {
  const mock = new UtilityMock();
  const inner = mock.call("Utility", "batch_all", {calls: [mock.transfer(2, 1n)]});
  assert.equal(mock.batch("batch_all", [inner]), "System.CallFiltered");
  const hidden = mock.call("Utility", "batch", {calls: [inner]});
  assert.equal(mock.batch("batch_all", [hidden]), "ok");
  assert.ok(mock.names().includes("Utility.BatchInterrupted"));
  assert.deepEqual([mock.free(1), mock.free(2)], [10n, 10n]);
});

test("a batch has a largest size", () => {
  const mock = new UtilityMock();
  const calls = Array.from({length: BATCHED_CALLS_LIMIT + 1}, () => mock.call("System", "remark"));
  for (const name of ["batch", "batch_all", "force_batch"]) {
    assert.equal(mock.batch(name, calls), "Utility.TooManyCalls");
  }
});

test("force_batch goes on after failures and tells of them", () => {
  const mock = new UtilityMock();
  const calls = [mock.transfer(2, 5n), mock.transfer(2, 10n), mock.transfer(2, 4n)];
  assert.equal(mock.batch("force_batch", calls), "ok");
  assert.deepEqual([mock.free(1), mock.free(2)], [1n, 19n]);
  assert.deepEqual(
    mock.names().filter(name => name.startsWith("Utility")),
    [
      "Utility.ItemCompleted",
      "Utility.ItemFailed",
      "Utility.ItemCompleted",
      "Utility.BatchCompletedWithErrors",
    ],
  );
  mock.clearEvents();
  mock.batch("force_batch", [mock.transfer(1, 1n)], mock.signed(2));
  assert.equal(mock.names().at(-1), "Utility.BatchCompleted");
});

test("nobody's origin makes no batches", () => {
  const mock = new UtilityMock();
  for (const name of ["batch", "batch_all", "force_batch"]) {
    assert.equal(mock.batch(name, [], mock.none), "BadOrigin");
  }
});

test("with_weight runs a call for root at the weight root says", () => {
  const mock = new UtilityMock();
  const weight = weightOf(123n, 456n);
  const call = mock.call("Balances", "force_set_balance", {who: address(7), newFree: 33n});
  const args = {call, weight};
  assert.deepEqual(mock.call("Utility", "with_weight").call.info(args).weight, weight);
  assert.equal(mock.run(mock.signed(1), "Utility", "with_weight", args), "BadOrigin");
  assert.equal(mock.run(mock.root, "Utility", "with_weight", args), "ok");
  assert.equal(mock.free(7), 33n);
});

test("root dispatches as anybody, and the event has the result", () => {
  const mock = new UtilityMock();
  const asOrigin = {type: "system", value: {type: "Signed", value: account(4)}};
  const args = {asOrigin, call: mock.work(true, weightOf(1n))};
  assert.equal(mock.run(mock.signed(1), "Utility", "dispatch_as", args), "BadOrigin");
  assert.equal(mock.run(mock.root, "Utility", "dispatch_as", args), "ok");
  assert.deepEqual(mock.recorder.storage.speakers.get(mock.state).map(numberOf), []);
  assert.deepEqual(mock.events(), [
    ["Utility.DispatchedAs", {result: {ok: false, error: {type: "Other", value: undefined}}}],
  ]);
});

test("a batch is Operational when all its calls are", () => {
  const mock = new UtilityMock();
  const note = mock.call("Recorder", "note", {value: 1, weight: weightOf(1n)});
  const classOf = (calls: readonly RuntimeCall[]) =>
    mock.call("Utility", "batch").call.info({calls}).class;
  assert.equal(classOf([]), "Operational");
  assert.equal(classOf([note, note]), "Operational");
  assert.equal(classOf([note, mock.transfer(2, 1n)]), "Normal");
});
