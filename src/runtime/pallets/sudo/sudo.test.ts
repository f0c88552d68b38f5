import assert from "node:assert/strict";
import {test} from "node:test";
import {ok} from "#base";
import {type Weight, weightOf} from "#primitives";
import {account, address} from "../../test-kit/accounts.ts";
import {MockRuntime} from "../../test-kit/mock-runtime.ts";
import {createRecorder} from "../../test-kit/recorder.ts";
import {createSudo} from "./index.ts";

const LIGHT = weightOf(1n);

/** Account 1 is the sudo key. */
class SudoMock extends MockRuntime {
  readonly recorder = this.add(createRecorder(this.scope("Recorder")));
  readonly sudo = this.add(
    createSudo(this.scope("Sudo"), {
      dispatcher: this.dispatcher,
      runtimeCall: this.runtimeCall,
      baseFilter: call => this.filter(call),
    }),
  );

  constructor() {
    super();
    this.sudo.genesis(this.state, account(1));
  }

  note(value: number, weight: Weight = LIGHT) {
    return this.call("Recorder", "note", {value, weight});
  }

  say(value: number) {
    return this.call("Recorder", "say", {value, weight: LIGHT});
  }

  bySudo(from: number, name: string, args: unknown): string {
    return this.run(this.signed(from), "Sudo", name, args);
  }

  get notes(): number[] {
    return this.recorder.storage.notes.get(this.state);
  }

  get speakers(): Uint8Array[] {
    return this.recorder.storage.speakers.get(this.state);
  }
}

test("genesis knows the key", () => {
  const mock = new SudoMock();
  assert.deepEqual(mock.sudo.storage.key.get(mock.state), account(1));
  assert.deepEqual([mock.notes, mock.speakers], [[], []]);
});

test("the key acts as root and nobody else does", () => {
  const mock = new SudoMock();
  assert.equal(mock.bySudo(1, "sudo", {call: mock.note(42)}), "ok");
  assert.deepEqual(mock.notes, [42]);
  assert.equal(mock.bySudo(2, "sudo", {call: mock.note(43)}), "Sudo.RequireSudo");
  assert.equal(mock.run(mock.root, "Sudo", "sudo", {call: mock.note(44)}), "BadOrigin");
  assert.deepEqual(mock.notes, [42]);
});

test("a sudo call shows the inner result in its event, whatever that is", () => {
  const mock = new SudoMock();
  mock.setBlock(1);
  assert.equal(mock.bySudo(1, "sudo", {call: mock.note(42)}), "ok");
  assert.equal(mock.bySudo(1, "sudo", {call: mock.say(43)}), "ok");
  assert.deepEqual(mock.events(), [
    ["Sudo.Sudid", {sudoResult: ok(undefined)}],
    ["Sudo.Sudid", {sudoResult: {ok: false, error: {type: "BadOrigin", value: undefined}}}],
  ]);
});

test("a successful sudo call is free, and one by a stranger is not", () => {
  const mock = new SudoMock();
  const call = mock.call("Sudo", "sudo", {call: mock.say(1)});
  const byKey = mock.dispatch(mock.signed(1), call);
  assert.ok(byKey.ok && byKey.value.paysFee === "No");
  const byOther = mock.dispatch(mock.signed(2), call);
  assert.ok(!byOther.ok && byOther.error.post.paysFee === undefined);
});

test("the weight of sudo is its own and the inner call's, of the inner call's class", () => {
  const mock = new SudoMock();
  const args = {call: mock.note(1, weightOf(1_000n, 7n))};
  const info = mock.call("Sudo", "sudo").call.info(args);
  assert.deepEqual(info.weight, weightOf(13_001_000n + 25_000_000n + 1_000n, 1_517n + 7n));
  assert.equal(info.class, "Operational");
});

test("sudo_unchecked_weight acts as root at the weight that the key says", () => {
  const mock = new SudoMock();
  const weight = weightOf(1_000n);
  assert.equal(mock.bySudo(1, "sudo_unchecked_weight", {call: mock.note(42), weight}), "ok");
  assert.deepEqual(mock.notes, [42]);
  const heavy = {call: mock.note(43, weightOf(1n << 60n)), weight};
  assert.deepEqual(mock.call("Sudo", "sudo_unchecked_weight").call.info(heavy).weight, weight);
  assert.equal(mock.bySudo(2, "sudo_unchecked_weight", heavy), "Sudo.RequireSudo");
  assert.deepEqual(mock.notes, [42]);
});

test("sudo_unchecked_weight shows the inner result in its event", () => {
  const mock = new SudoMock();
  mock.setBlock(1);
  mock.bySudo(1, "sudo_unchecked_weight", {call: mock.note(42), weight: LIGHT});
  assert.deepEqual(mock.events(), [["Sudo.Sudid", {sudoResult: ok(undefined)}]]);
});

test("the key hands itself over and is then without power", () => {
  const mock = new SudoMock();
  assert.equal(mock.bySudo(1, "set_key", {new: address(2)}), "ok");
  assert.deepEqual(mock.sudo.storage.key.get(mock.state), account(2));
  assert.equal(mock.bySudo(1, "set_key", {new: address(1)}), "Sudo.RequireSudo");
  const unresolved = {new: {type: "Raw", value: account(3)}};
  assert.equal(mock.bySudo(2, "set_key", unresolved), "CannotLookup");
});

test("handing over names the key that was", () => {
  const mock = new SudoMock();
  mock.setBlock(1);
  mock.bySudo(1, "set_key", {new: address(2)});
  mock.bySudo(2, "set_key", {new: address(4)});
  assert.deepEqual(mock.events(), [
    ["Sudo.KeyChanged", {oldSudoer: 1}],
    ["Sudo.KeyChanged", {oldSudoer: 2}],
  ]);
});

test("the key acts as anybody, with no more rights than that one has", () => {
  const mock = new SudoMock();
  assert.equal(mock.bySudo(1, "sudo_as", {who: address(2), call: mock.note(42)}), "ok");
  assert.deepEqual(mock.notes, []);
  const say = {who: address(2), call: mock.say(42)};
  assert.equal(mock.bySudo(3, "sudo_as", say), "Sudo.RequireSudo");
  assert.equal(mock.bySudo(1, "sudo_as", say), "ok");
  assert.deepEqual([mock.notes, mock.speakers], [[42], [account(2)]]);
});

test("acting as somebody shows the inner result in its event", () => {
  const mock = new SudoMock();
  mock.setBlock(1);
  mock.bySudo(1, "sudo_as", {who: address(2), call: mock.say(42)});
  assert.deepEqual(mock.events(), [["Sudo.SudoAsDone", {sudoResult: ok(undefined)}]]);
});
