import assert from "node:assert/strict";
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {type TestContext, test} from "node:test";
import {rpc} from "../../support/rpc.ts";
import {temporaryFolder} from "../../support/temporary-folder.ts";
import {knownChain} from "../support/known-specs.ts";
import {blockOf, type NamedEvent, recordedStory, sights} from "./recorded.ts";
import {Stage} from "./stage.ts";

const story = recordedStory("collator-page");
/** A session of the genuine collator chains has so many blocks. */
const PERIOD = 1_800;
const POT = new TextEncoder().encode("modlPotStake".padEnd(32, "\0"));
const FERDIES_KEY = "//Ferdie//aura";
/** Where statemine's story begins. */
const BEGIN = PERIOD - 50;
const GIFT = 100n * 10n ** 12n;
/** Two sessions of real blocks take minutes: `npm run test:nightly` asks for them. */
const goesOn = process.env.GENUINE_SESSIONS !== undefined;

/** Ferdie's way to the list of candidates. Answers the block in which the pot was given its gift. */
async function standAsCandidate(stage: Stage): Promise<number> {
  const {collatorSelection, session, balances, sudo} = stage.api.tx;
  if (sudo !== undefined) {
    const open = collatorSelection!.setDesiredCandidates!(3);
    await stage.play(story, 1, [["Alice", sudo.sudo!(open)]]);
  }
  await stage.play(story, 2, [["Ferdie", collatorSelection!.registerAsCandidate!()]]);
  const setKeys = session!.setKeys!({aura: stage.secret(FERDIES_KEY).publicKey} as never, "0x");
  const [set] = await stage.play(story, 3, [["Ferdie", setKeys]]);
  const ferdie = stage.address("Ferdie");
  const next = (await stage.see("session.nextKeys", [ferdie], set!.hash)) as {aura: string};
  assert.deepEqual([next.aura], sights(story, "Session.NextKeys[Ferdie]"));
  const {consumers} = (await stage.see("system.account", [ferdie], set!.hash)) as never;
  assert.deepEqual([consumers], stage.recorded(sights(story, "consumers of Ferdie")));

  const [registered, paid] = await stage.play(story, 4, [
    ["Ferdie", collatorSelection!.registerAsCandidate!()],
    ["Gina", balances!.transfer!(stage.addressOf(POT), GIFT)],
  ]);
  const {block, hash} = registered!;
  const [candidate] = (await stage.see("collatorSelection.candidates", [], hash)) as {
    who: string;
  }[];
  assert.equal(candidate!.who, "Ferdie");
  const last = await stage.see("collatorSelection.lastAuthoredBlock", [ferdie], hash);
  assert.equal(last, String(block + PERIOD));
  return paid!.block;
}

/** What is recorded of the pot: each author takes half of what is in it above what has to stay. */
async function checkPayments(stage: Stage, paid: number): Promise<void> {
  const recorded = [5, 1_800, 3_600, 3_601, 3_602].map(
    number => paymentIn(blockOf(story, number).hooks) as [string, number],
  );
  await stage.stepTo(paid + recorded.length);
  for (const [i, [, amount]] of recorded.entries()) {
    const payment = paymentIn(await stage.hooksAt(paid + 1 + i));
    assert.deepEqual(payment, [await stage.authorOf(paid + 1 + i), String(amount)]);
  }
}

const paymentIn = (hooks: readonly NamedEvent[] = []): unknown => {
  const found = hooks.find(([name]) => name === "balances.Transfer");
  return found && [found[1].to, String(found[1].amount)];
};

/** The end of the session in which Ferdie registered. */
async function checkQueue(stage: Stage): Promise<void> {
  await stage.stepTo(PERIOD);
  const hash = await stage.hashAt(PERIOD);
  const queued = (await stage.see("session.queuedKeys", [], hash)) as [string, unknown][];
  assert.deepEqual([queued.map(([who]) => who)], sights(story, "queued"));
  const [first] = sights(story, "validators");
  assert.deepEqual(await stage.see("session.validators", [], hash), first);
  const [authorities] = sights(story, "Aura.Authorities") as [string[]];
  assert.deepEqual(await stage.see("aura.authorities", [], hash), authorities.map(keyHere));
  await checkNewSession(stage, PERIOD);
}

/** Collators here have one secret for all; those of the recording had another for each kind of key. */
const keyHere = (recorded: string) =>
  recorded.startsWith("Ferdie") ? recorded : recorded.replace("//aura", "");

async function checkNewSession(stage: Stage, block: number): Promise<void> {
  const isNew = ([name]: NamedEvent) => name === "session.NewSession";
  const begun = (await stage.hooksAt(block)).filter(isNew);
  assert.deepEqual(begun, stage.recorded(blockOf(story, block).hooks!.filter(isNew)));
}

/** The end of the one after it: Ferdie authors, and would leave. */
async function checkAuthor(stage: Stage): Promise<void> {
  const {publicKey} = stage.secret(FERDIES_KEY);
  const inserted = ["aura", FERDIES_KEY, `0x${Buffer.from(publicKey).toString("hex")}`];
  await rpc(stage.urls[0]!, "author_insertKey", inserted);
  const end = 2 * PERIOD;
  await stage.stepTo(end);
  const hash = await stage.hashAt(end);
  const [, second] = sights(story, "validators");
  assert.deepEqual(await stage.see("session.validators", [], hash), second);
  const [, authorities] = sights(story, "Aura.Authorities") as [string[], string[]];
  assert.deepEqual(await stage.see("aura.authorities", [], hash), authorities.map(keyHere));
  const index = await stage.see("session.currentIndex", [], hash);
  assert.deepEqual([index], stage.recorded(sights(story, "Session.CurrentIndex")));
  await checkNewSession(stage, end);
  // The set in the parent's state seals: the block that changes it is the old one's. Turns are missed on a busy machine.
  assert.notEqual(await stage.authorOf(end), "Ferdie");
  const own = await firstOf(stage, "Ferdie", end + 1);
  const last = ["collatorSelection.lastAuthoredBlock", [stage.address("Ferdie")]] as const;
  assert.equal(await stage.see(...last, await stage.hashAt(own)), String(own));
  await stage.play(story, 3_602, [["Ferdie", stage.api.tx.collatorSelection!.leaveIntent!()]]);
}

/** The first block of somebody's from a number on; within some turns of all. */
async function firstOf(stage: Stage, author: string, from: number): Promise<number> {
  for (let number = from; number < from + 50; number++) {
    await stage.stepTo(number);
    if ((await stage.authorOf(number)) === author) return number;
  }
  throw new Error(`${author} made none of the 50 blocks from ${from} on`);
}

async function begin(t: TestContext, chain: string, ...flags: string[]): Promise<Stage> {
  const stage = await Stage.set(chain, flags);
  t.after(() => stage.end());
  stage.call("POT", POT);
  stage.call("Ferdie//aura", stage.secret(FERDIES_KEY).publicKey);
  return stage;
}

const folder = process.env.KHALA_GENUINE;
if (folder !== undefined) {
  test("the collator page on rhala 1241 as it was recorded: keys, bond, pot; every block is judged valid", async t => {
    const desired = "--set=CollatorSelection.DesiredCandidates=0";
    const stage = await begin(t, join(folder, "rhala.json"), "--rate=120", desired);
    const paid = await standAsCandidate(stage);
    await checkPayments(stage, paid);
    if (goesOn) {
      await checkQueue(stage);
      await checkAuthor(stage);
    }
    assert.ok((await stage.judgeAll()) > paid);
  });
}

test("the same on statemine 900, begun shortly before a session ends: its fees go to the pot, and nobody is root", async t => {
  const file = join(await temporaryFolder("stories"), "statemine.json");
  writeFileSync(file, await knownChain("rococo_v2_2_asset_hub"));
  const desired = "--set=CollatorSelection.DesiredCandidates=3";
  const number = `--set=System.Number=${BEGIN}`;
  const stage = await begin(t, file, "--rate=120", desired, number);
  // Bonds are the chain's own.
  const isOwn = /^(balances.Reserved|collatorSelection.CandidateAdded)$/;
  stage.tells = ([name, {account}]) => !isOwn.test(name) && account !== "POT";
  await standAsCandidate(stage);
  await checkQueue(stage);
  if (goesOn) await checkAuthor(stage);
  assert.ok((await stage.judgeAll(BEGIN + 1)) >= PERIOD - BEGIN);
});
