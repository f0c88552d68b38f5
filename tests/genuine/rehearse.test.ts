import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, compareBytes, millis, type Result, unwrap, utf8Bytes} from "#base";
import {
  type ChainSpec,
  type FirstState,
  firstState,
  formatChainSpec,
  parseChainSpec,
} from "#chain-spec";
import {createNativeCrypto} from "#crypto-native";
import {describeRuntime, StateReader} from "#description";
import {createRuntimes, genesisMakers, schemeOfKind} from "#node";
import {REHEARSAL_KEY} from "#primitives";
import {type DevelopmentWishes, decodeSettings, type RehearsedSpec, rehearseSpec} from "#rehearsal";
import {apiVersion, type Runtime} from "#runtime-api";
import {memoryState, Overlay} from "#state";
import {allSpecs} from "./support/all-specs.ts";
import {GenuineChain} from "./support/genuine-chain.ts";
import {knownChain, oldChain} from "./support/known-specs.ts";

const NOW = 1_800_000_000_000;
const crypto = await createNativeCrypto();
const {hashing, keyPairs} = crypto;
const makers = genesisMakers(crypto, createRuntimes(crypto));

/** A chain spec of another program's, and its first state; undefined where only that program can make it. */
function opened(text: string): {readonly spec: ChainSpec; readonly first: FirstState} | undefined {
  const parsed = parseChainSpec(text);
  if (!parsed.ok) return undefined;
  const {spec} = parsed.value;
  const first = firstState(spec.genesis, makers);
  return first.ok ? {spec, first: first.value} : undefined;
}

function rehearsed(
  {spec, first}: {readonly spec: ChainSpec; readonly first: FirstState},
  asked: DevelopmentWishes = {},
): ReturnType<typeof rehearseSpec> {
  const now = millis(NOW);
  return rehearseSpec(spec, first, asked, {...makers, keyPairs, schemeOf: schemeOfKind, now});
}

function runtimeOf({top}: FirstState): Runtime {
  return unwrap(makers.runtimeOf!({get: key => top.get(key)}));
}

const hex = (list: unknown) => (list as Uint8Array[]).map(bytesToHex);

/** Everything that was written, read by the names of a description that was not made for it. */
function checkState({spec, wishes, report}: RehearsedSpec): void {
  const {top, children} = spec.genesis;
  const state = memoryState(top, data => hashing.blake2b256(data), 0, children);
  const host = {state: new Overlay(state), verifySignature: () => false};
  const description = unwrap(describeRuntime(runtimeOf(spec.genesis), host));
  const reader = new StateReader(description, state, hashing);
  const sorted = [...wishes.collators].sort((a, b) => compareBytes(a.account, b.account));
  const accounts = hex(sorted.map(({account}) => account));
  const aura = hex(sorted.map(({keys}) => keys.get("aura")));
  for (const name of ["CollatorSelection.Invulnerables", "Session.Validators"])
    if (reader.publishes(name)) assert.deepEqual(hex(reader.read(name)), accounts, name);
  for (const name of ["Aura.Authorities", "AuraExt.Authorities"])
    if (reader.publishes(name)) assert.deepEqual(hex(reader.read(name)), aura, name);
  for (const name of ["CollatorSelection.Candidates", "CollatorSelection.CandidateList"])
    if (reader.publishes(name)) assert.deepEqual(reader.read(name), [], name);
  if (reader.publishes("Session.KeyOwner")) {
    for (const {account, keys} of sorted) {
      for (const [type, key] of keys) {
        const owner = reader.read("Session.KeyOwner", [[utf8Bytes(type), key]]);
        assert.deepEqual(owner, account);
      }
      const next = reader.read("Session.NextKeys", [account]) as Record<string, Uint8Array>;
      assert.deepEqual(hex(Object.values(next)), hex([...keys.values()]));
    }
    const owners = unwrap(reader.page("Session.KeyOwner", {limit: 1_000})!).entries;
    assert.equal(
      owners.length,
      sorted.reduce((sum, {keys}) => sum + keys.size, 0),
    );
  }
  if (reader.publishes("Sudo.Key")) assert.deepEqual(reader.read("Sudo.Key"), wishes.sudo);
  let total = 0n;
  for (const {value} of unwrap(reader.page("System.Account", {limit: 100_000})!).entries) {
    const {data} = unwrap(value as Result<{data: {free: bigint; reserved: bigint}}, unknown>);
    total += data.free + data.reserved;
  }
  assert.equal(reader.read("Balances.TotalIssuance"), total);
  for (const [account, amount] of wishes.endowed) {
    const {data} = reader.read("System.Account", [account]) as {data: {free: bigint}};
    assert.equal(data.free, amount);
  }
  for (const name of ["ParachainSystem.LastRelayChainBlockNumber", "Aura.CurrentSlot"])
    assert.equal(reader.stored(name), undefined, name);
  assert.equal(unwrap(decodeSettings(top.get(REHEARSAL_KEY)!)).voters.length, sorted.length);
  assert.equal(report.startsAt, 0);
}

/** Its own file is read again, and its runtime makes a block of it that it takes itself. */
function checkRuns({spec, settings}: RehearsedSpec): void {
  const text = unwrap(formatChainSpec(spec, {isRaw: true}, makers));
  const chain = new GenuineChain(text, {blockHashing: settings.hashing});
  const slot = Math.ceil(settings.chainStart / chain.slotDuration);
  const {block} = chain.makeBlock(slot);
  assert.equal(chain.checkInherents(block, slot).okay, true);
  chain.importBlock(block);
}

/** Those of which there is a first state; of older readable ones, only the program that they are of can make it. */
const specs = (await allSpecs()).filter(({text}) => opened(text) !== undefined);
let made = 0;

for (const {name, text} of specs) {
  test(`${name} is rehearsed so that it reads back and runs, or refused for what its runtime lacks`, () => {
    const chain = opened(text)!;
    const result = rehearsed(chain);
    if (!result.ok) {
      const {code, what} = result.error;
      const runtime = runtimeOf(chain.first);
      if (code === "rehearsal-without-aura")
        assert.equal(apiVersion(runtime, "AuraApi"), undefined);
      else assert.match(`${code}: ${what}`, /^rehearsal-not-described: .* version (9|1[012]),/);
      return;
    }
    made++;
    assert.ok(!chain.first.top.has(REHEARSAL_KEY), "the state that it was made of is as it was");
    checkState(result.value);
    checkRuns(result.value);
  });
}

test("some were rehearsed", () => assert.ok(made > 0));

test("relay chains are refused: their authors do not take turns by Aura", () => {
  const refused = rehearsed(opened(oldChain("polkadot"))!);
  assert.ok(!refused.ok);
  assert.equal(refused.error.code, "rehearsal-without-aura");
  assert.match(refused.error.what, /polkadot 0/);
});

/** Blocks of a session of these chains, 6 hours of 12 s. */
const SESSION = 1_800;

/** The chain as if its blocks up to this number had been made; hooks look at the number alone. */
function jumpTo(chain: GenuineChain, number: number): void {
  const {header, state} = chain.head;
  chain.head = {header: {...header, number}, state};
}

test("two sessions on, those who were written still author", async () => {
  const text = await knownChain("rococo_v2_2_asset_hub");
  const {spec, settings, wishes} = unwrap(rehearsed(opened(text)!, {collators: 3}));
  const chain = new GenuineChain(unwrap(formatChainSpec(spec, {isRaw: true}, makers)));
  const slot = Math.ceil(settings.chainStart / chain.slotDuration);
  const read = (name: string) =>
    new StateReader(chain.description, chain.head.state, hashing).read(name);
  for (const session of [1, 2, 3]) {
    jumpTo(chain, session * SESSION - 1);
    chain.importBlock(chain.makeBlock(slot + session).block);
    assert.equal(read("Session.CurrentIndex"), session);
  }
  const sorted = [...wishes.collators].sort((a, b) => compareBytes(a.account, b.account));
  assert.deepEqual(hex(read("Session.Validators")), hex(sorted.map(({account}) => account)));
  const aura = hex(sorted.map(({keys}) => keys.get("aura")));
  assert.deepEqual(hex(read("Aura.Authorities")), aura);
});

test("a state after some blocks is rehearsed from there, with whoever had accounts", async () => {
  const spec = unwrap(parseChainSpec(await knownChain("rococo_v2_2_asset_hub"))).spec;
  const live = unwrap(rehearsed({spec, first: unwrap(firstState(spec.genesis, makers))}));
  const chain = new GenuineChain(unwrap(formatChainSpec(live.spec, {isRaw: true}, makers)));
  const slot = Math.ceil(live.settings.chainStart / chain.slotDuration) + 100;
  for (let i = 0; i < 3; i++) chain.importBlock(chain.makeBlock(slot + i).block);
  const {state} = chain.head;
  const top = new Map([...state.entries()].filter(([key]) => key !== REHEARSAL_KEY));
  const reader = new StateReader(chain.description, state, hashing);
  const data = reader.read("ParachainSystem.ValidationData") as {relayParentNumber: number};
  const before = data.relayParentNumber;
  assert.ok(before > 0);
  const first = {top, children: new Map()};
  const asked = {collators: ["Eve", "Ferdie"], keepsAccounts: true};
  const exported = {...spec, genesis: {kind: "raw", ...first}} as const;
  const made = unwrap(rehearsed({spec: exported, first}, asked));
  assert.equal(made.report.startsAt, 3);
  const {chainStart, relayOffset} = made.settings;
  assert.ok(chainStart >= (slot + 3) * chain.slotDuration);
  assert.ok(Math.floor(chainStart / 6_000) - relayOffset > before);
  checkRuns(made);
});

const find = (id: string, version: number) =>
  specs.find(({text}) => {
    const chain = opened(text);
    if (chain?.spec.id !== id) return false;
    return runtimeOf(chain.first).version.specVersion === version;
  });

const rhala = find("khala", 1_241);
if (rhala === undefined) {
  process.stdout.write(
    "rhala is rehearsed where KHALA_GENUINE names a folder with its chain spec\n",
  );
} else {
  test("rhala's stage is that of nine people, four collators, and councils of five and three", () => {
    const people = ["Alice", "Bob", "Charlie", "Dave", "Eve", "Ferdie", "Gina", "Hank", "Ivan"];
    const asked = {
      endowsNobodyElse: true,
      endowed: people.map(name => [name, "1000000"] as const),
      changes: [{CollatorSelection: {DesiredCandidates: 0}}],
    };
    const {report} = unwrap(rehearsed(opened(rhala.text)!, asked));
    // As a recording of the same was made, whose blocks the runtime's own validate_block took.
    const sorted = "[Dave, Bob, Charlie, Alice]";
    const keys =
      "[[Dave, {aura: Dave}], [Bob, {aura: Bob}], [Charlie, {aura: Charlie}], [Alice, {aura: Alice}]]";
    assert.deepEqual(report.replaced, [
      `CollatorSelection.Invulnerables := ${sorted}`,
      "Session.NextKeys 3 removed",
      "Session.KeyOwner 3 removed",
      `Session.Validators := ${sorted}`,
      `Session.QueuedKeys := ${keys}`,
      "Session.NextKeys := 4 entries",
      "Session.KeyOwner := 4 entries",
      `Aura.Authorities := ${sorted}`,
      `AuraExt.Authorities := ${sorted}`,
      "System.Account 4 removed",
      "System.Account 1 of pallets kept",
      "System.Account := 9 accounts × 1000000000000000000",
      "Balances.TotalIssuance := 9000000010000000000",
      "Sudo.Key := Alice",
      "Council.Members := [Dave, Bob, Charlie, Alice, Eve]",
      "TechnicalCommittee.Members := [Bob, Charlie, Alice]",
      "TechnicalMembership.Members := [Bob, Charlie, Alice]",
      "CollatorSelection.DesiredCandidates changed as asked",
      ":khala:rehearsal := 4 voters, rate 1",
    ]);
    assert.deepEqual(report.skipped, []);
    assert.match(report.notes.join(), /rhala 1241 is the runtime that the chain began with/);
  });
}

const [before, after] = [find("live", 2), find("live", 5)];
if (before === undefined || after === undefined) {
  process.stdout.write(
    "a rehearsal of newer code is made where KHALA_GENUINE names a folder with educhain's chain specs of versions 2 and 5\n",
  );
} else {
  test("educhain 5 goes on with the state of educhain 2, and what it does not know of it is named", () => {
    const code = opened(after.text)!.first.top.get(":code")!;
    const result = unwrap(rehearsed(opened(before.text)!, {code}));
    assert.equal(result.report.runtime, "educhain-runtime 5");
    const notes = result.report.notes.join("\n");
    assert.match(notes, /the state is that of educhain-runtime 2/);
    assert.match(notes, /all its migrations run in the first block/);
    checkRuns(result);
  });
}
