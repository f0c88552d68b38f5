import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex} from "#base";
import {encode} from "#codec";
import {type DigestItem, digestItem} from "#primitives";
import {ensureRoot} from "../../frame/index.ts";
import {account, numberOf} from "../../test-kit/accounts.ts";
import {KhalaTestChain} from "../../test-kit/khala-test-chain.ts";
import {MockRuntime} from "../../test-kit/mock-runtime.ts";
import {
  type Authorities,
  createGrandpa,
  GRANDPA_AUTHORITIES_KEY,
  readAuthorities,
  type Voters,
} from "./index.ts";

const authorities = (...numbers: number[]): Authorities =>
  numbers.map(number => [account(number), 1n] as const);

/** Grandpa alone, with voters 1, 2 and 3 at genesis; the committee of a session is who the test says. */
class GrandpaMock extends MockRuntime {
  readonly logs: DigestItem[] = [];
  committee: number[] = [];
  session = 0;
  readonly grandpa;

  constructor(voters: "genesis" | "committee" = "committee") {
    super();
    const isMember: Extract<Voters, {kind: "committee"}>["isMember"] = () => who =>
      this.committee.includes(numberOf(who));
    this.grandpa = this.add(
      createGrandpa(this.scope("Grandpa"), {
        maxAuthorities: 100,
        voters: voters === "genesis" ? {kind: "genesis"} : {kind: "committee", isMember},
        stalledOrigin: ensureRoot,
        blockNumber: () => this.block,
        sessionIndex: () => this.session,
        depositLog: (_, item) => this.logs.push(item),
      }),
    );
    this.grandpa.handler.onGenesisSession(this.state, [1, 2, 3].map(account));
    this.runTo(1);
  }

  finalize(): void {
    this.grandpa.pallet.hooks?.onFinalize?.(this.state, this.block);
  }

  /** A session of these validators begins in this block. */
  rotate(...validators: number[]): void {
    this.session++;
    this.committee = validators;
    const keys = validators.map(account);
    this.grandpa.handler.onNewSession(this.state, true, keys, keys);
  }

  get voters(): number[] {
    return readAuthorities(this.state).map(([key]) => numberOf(key));
  }

  get setId(): bigint {
    return this.grandpa.storage.currentSetId.get(this.state);
  }

  /** Digest items as hex of their bytes. */
  get digest(): string[] {
    return this.logs.map(item => bytesToHex(encode(digestItem, item)));
  }
}

const keyHex = (number: number) => bytesToHex(account(number)).slice(2);
const ONE = "0100000000000000";

test("genesis names the voters under the key that light clients know, with a version in front", () => {
  const mock = new GrandpaMock();
  const expected = `0x010c${[1, 2, 3].map(n => keyHex(n) + ONE).join("")}`;
  assert.equal(bytesToHex(mock.state.get(GRANDPA_AUTHORITIES_KEY)!), expected);
  assert.equal(mock.setId, 0n);
  assert.equal(mock.grandpa.storage.setIdSession.get(mock.state, 0n), 0);
  assert.throws(
    () => mock.grandpa.handler.onGenesisSession(mock.state, [account(4)]),
    /already initialized/,
  );
});

test("a change without delay is announced and made at the end of its block", () => {
  const mock = new GrandpaMock();
  const change = {nextAuthorities: authorities(4), delay: 0, forced: undefined};
  assert.ok(mock.grandpa.schedule(mock.state, change).ok);
  assert.deepEqual(mock.voters, [1, 2, 3]);
  mock.finalize();
  assert.deepEqual(mock.digest, [`0x0446524e4bb80104${keyHex(4)}${ONE}00000000`]);
  assert.deepEqual(mock.voters, [4]);
  assert.equal(mock.grandpa.storage.pendingChange.exists(mock.state), false);
  assert.deepEqual(
    mock.events().map(([name]) => name),
    ["Grandpa.NewAuthorities"],
  );
});

test("a change with a delay is announced once and made so many blocks later; meanwhile there is no other", () => {
  const mock = new GrandpaMock();
  const change = {nextAuthorities: authorities(4, 5), delay: 2, forced: undefined};
  assert.ok(mock.grandpa.schedule(mock.state, change).ok);
  const again = mock.grandpa.schedule(mock.state, change);
  assert.ok(!again.ok);
  assert.equal(mock.errorName(again.error), "Grandpa.ChangePending");
  mock.finalize();
  for (const [block, voters] of [
    [2, [1, 2, 3]],
    [3, [4, 5]],
  ] as const) {
    mock.runTo(block);
    mock.finalize();
    assert.deepEqual(mock.voters, voters, `block ${block}`);
  }
  assert.equal(mock.logs.length, 1);
});

test("a forced change says what is taken as final, and the next one waits for twice its delay", () => {
  const mock = new GrandpaMock();
  const force = (next: number) =>
    mock.grandpa.schedule(mock.state, {nextAuthorities: authorities(next), delay: 5, forced: 7});
  assert.ok(force(4).ok);
  mock.finalize();
  assert.deepEqual(mock.digest, [`0x0446524e4bc80207000000` + `04${keyHex(4)}${ONE}05000000`]);
  mock.runTo(6);
  mock.finalize();
  assert.deepEqual(mock.voters, [4]);
  assert.equal(mock.grandpa.storage.nextForced.get(mock.state), 11);
  mock.runTo(10);
  const soon = force(5);
  assert.ok(!soon.ok);
  assert.equal(mock.errorName(soon.error), "Grandpa.TooSoon");
  mock.runTo(11);
  assert.ok(force(5).ok);
});

test("a session of the same voters announces nothing, of other ones a new set", () => {
  const mock = new GrandpaMock();
  mock.rotate(1, 2, 3);
  mock.finalize();
  assert.deepEqual([mock.setId, mock.logs.length], [0n, 0]);
  assert.equal(mock.grandpa.storage.setIdSession.get(mock.state, 0n), 1);
  mock.runTo(2);
  mock.rotate(1, 2, 4);
  mock.finalize();
  assert.deepEqual([mock.setId, mock.voters], [1n, [1, 2, 4]]);
  assert.equal(mock.grandpa.storage.setIdSession.get(mock.state, 0n), undefined);
  assert.equal(mock.grandpa.storage.setIdSession.get(mock.state, 1n), 2);
});

test("a committee that nobody of the session belongs to changes nothing: somebody has to vote", () => {
  const mock = new GrandpaMock();
  mock.rotate();
  mock.finalize();
  assert.deepEqual([mock.setId, mock.voters], [0n, [1, 2, 3]]);
});

test("voters of genesis stay, whoever is in the session", () => {
  const mock = new GrandpaMock("genesis");
  mock.rotate(4, 5);
  mock.finalize();
  assert.deepEqual([mock.setId, mock.voters, mock.logs.length], [0n, [1, 2, 3], 0]);
});

test("only root says that finality stands still; the next session then takes over by force", () => {
  const mock = new GrandpaMock();
  const args = {delay: 4, bestFinalizedBlockNumber: 9};
  assert.equal(mock.run(mock.signed(1), "Grandpa", "note_stalled", args), "BadOrigin");
  assert.equal(mock.run(mock.root, "Grandpa", "note_stalled", args), "ok");
  assert.deepEqual(mock.grandpa.storage.stalled.get(mock.state), [4, 9]);
  // The same voters again: announced all the same, so that they begin anew.
  mock.rotate(1, 2, 3);
  mock.finalize();
  assert.equal(mock.grandpa.storage.stalled.exists(mock.state), false);
  assert.equal(mock.setId, 1n);
  assert.match(mock.digest[0]!, /^0x0446524e4b[0-9a-f]{2,4}0209000000/);
  mock.runTo(5);
  mock.finalize();
  assert.equal(mock.grandpa.storage.pendingChange.exists(mock.state), false);
});

test("a disabled validator is announced", () => {
  const mock = new GrandpaMock();
  mock.grandpa.handler.onDisabled(mock.state, 2);
  assert.deepEqual(mock.digest, ["0x0446524e4b24030200000000000000"]);
});

test("pauses that are pending are announced and made in their time", () => {
  const mock = new GrandpaMock();
  const {state} = mock.grandpa.storage;
  state.set(mock.state, {type: "PendingPause", value: {scheduledAt: 1, delay: 1}});
  mock.finalize();
  assert.deepEqual(mock.digest, ["0x0446524e4b140401000000"]);
  mock.runTo(2);
  mock.finalize();
  assert.equal(state.get(mock.state).type, "Paused");
  state.set(mock.state, {type: "PendingResume", value: {scheduledAt: 2, delay: 0}});
  mock.finalize();
  assert.equal(state.get(mock.state).type, "Live");
  assert.deepEqual(
    mock.events().map(([name]) => name),
    ["Grandpa.Paused", "Grandpa.Resumed"],
  );
});

test("on the whole chain who votes changes in the very block in which who authors does", () => {
  const SESSION = 5;
  const chain = new KhalaTestChain({
    finalityVoters: "Invulnerables",
    sessionPeriod: SESSION,
    kickThreshold: SESSION * 10,
  });
  const setKeys = chain.call("Session", "set_keys", {
    keys: {aura: account(2), grandpa: account(2)},
    proof: new Uint8Array(0),
  });
  chain.advance([chain.signed(2, setKeys)]);
  const appoint = chain.call("CollatorSelection", "set_invulnerables", {
    new: [account(1), account(2)],
  });
  chain.advance([chain.signed(1, chain.call("Sudo", "sudo", {call: appoint}))]);
  const changed: Record<number, string[]> = {};
  while (chain.head.number < 3 * SESSION) {
    const {number, digest} = chain.advance();
    const engines = digest.flatMap(item =>
      item.type === "Consensus" ? [String.fromCharCode(...item.value[0])] : [],
    );
    if (engines.length > 0) changed[number] = engines;
  }
  assert.deepEqual(changed, {[2 * SESSION]: ["aura", "FRNK"]});
  assert.deepEqual(
    readAuthorities(chain.state).map(([key]) => numberOf(key)),
    [1, 2],
  );
});
