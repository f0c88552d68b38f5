import assert from "node:assert/strict";
import {join} from "node:path";
import {type TestContext, test} from "node:test";
import type {Call} from "../../support/polkadot.ts";
import {blockOf, type NamedEvent, recordedStory, sights} from "./recorded.ts";
import {type Played, Stage} from "./stage.ts";

const story = recordedStory("council");
const PERIOD = 1_800;
const PHA = 10n ** 12n;
const FIVE = ["Alice", "Bob", "Charlie", "Dave", "Eve"];
/** Blocks: what the technical committee asks for, the voting and until what was voted is done. */
const [VOTING, DELAY] = [900, 10];
/** Recorded: the block in which the referendum began, and the one in which the motion on the invulnerables did. */
const [BEGAN, MOVED] = [10, 5];
/** More than any call here weighs. */
const WEIGHT = {refTime: 10_000_000_000n, proofSize: 1_000_000n};
/** Two sessions of real blocks take minutes: `npm run test:nightly` asks for them. */
const goesOn = process.env.GENUINE_SESSIONS !== undefined;

/** A collective's motion, by the calls that carry it through. */
class Motion {
  readonly #pallet: "council" | "technicalCommittee";
  readonly #stage: Stage;
  readonly #call: Call;
  readonly #index: number;

  constructor(stage: Stage, pallet: "council" | "technicalCommittee", index: number, call: Call) {
    this.#stage = stage;
    this.#pallet = pallet;
    this.#index = index;
    this.#call = call;
  }

  get #calls() {
    return this.#stage.api.tx[this.#pallet]!;
  }

  get hash(): string {
    return this.#call.method.hash.toHex();
  }

  propose = (threshold: number): Call =>
    this.#calls.propose!(threshold, this.#call.method, this.#call.method.encodedLength);

  vote = (approve: boolean): Call => this.#calls.vote!(this.hash, this.#index, approve);

  close = (): Call =>
    this.#calls.close!(this.hash, this.#index, WEIGHT, this.#call.method.encodedLength);
}

/** Two of five are not more than half, three are: who is invulnerable. Answers the block in which the second motion began. */
async function appoint(stage: Stage): Promise<void> {
  const {collatorSelection, session} = stage.api.tx;
  const aura = stage.secret("//Eve//aura").publicKey;
  await stage.play(story, 1, [["Eve", session!.setKeys!({aura} as never, "0x")]]);
  const call = collatorSelection!.setInvulnerables!(FIVE.map(name => stage.address(name)));
  const invulnerables = ({hash}: Played) => stage.see("collatorSelection.invulnerables", [], hash);
  const [before, after] = sights(story, "invulnerables");

  const weak = new Motion(stage, "council", 0, call);
  await stage.play(story, 2, [["Alice", weak.propose(2)]]);
  await stage.play(story, 3, [
    ["Alice", weak.vote(true)],
    ["Bob", weak.vote(true)],
  ]);
  const [refused] = await stage.play(story, 4, [["Alice", weak.close()]]);
  assert.deepEqual(await invulnerables(refused!), before);

  const strong = new Motion(stage, "council", 1, call);
  const [moved] = await stage.play(story, MOVED, [["Alice", strong.propose(3)]]);
  const votes = await stage.play(story, 6, [
    ["Alice", strong.vote(true)],
    ["Bob", strong.vote(true)],
    ["Charlie", strong.vote(true)],
    ["Dave", strong.vote(false)],
  ]);
  const last = votes.reduce((a, b) => (b.block > a.block ? b : a));
  const [voting] = sights(story, "Council.Voting") as [{end: number}];
  assert.deepEqual(
    await stage.see("council.voting", [strong.hash], last.hash),
    stage.recorded({...voting, end: voting.end - MOVED + moved!.block}),
  );
  const [closed] = await stage.play(story, 7, [["Hank", strong.close()]]);
  assert.deepEqual(await invulnerables(closed!), after);
}

/** What council and technical committee put before all, and one vote. Answers the block in which the voting began. */
async function callReferendum(stage: Stage): Promise<number> {
  const {collatorSelection, democracy} = stage.api.tx;
  const bond = collatorSelection!.setCandidacyBond!(20n * PHA);
  const inline = {Inline: bond.method.toHex()};
  const external = democracy!.externalProposeMajority!(inline as never);
  const motion = new Motion(stage, "council", 2, external);
  await stage.play(story, 8, [
    ["Alice", motion.propose(4)],
    ["Alice", motion.vote(true)],
    ["Bob", motion.vote(true)],
    ["Charlie", motion.vote(true)],
    ["Dave", motion.vote(true)],
  ]);
  const [closed] = await stage.play(story, 9, [["Alice", motion.close()]]);
  const next = await stage.see("democracy.nextExternal", [], closed!.hash);
  assert.deepEqual([next], stage.recorded(sights(story, "Democracy.NextExternal")));

  const fast = democracy!.fastTrack!(bond.method.hash, VOTING, DELAY);
  const committee = new Motion(stage, "technicalCommittee", 0, fast);
  const began = (
    await stage.play(story, BEGAN, [
      ["Alice", committee.propose(2)],
      ["Alice", committee.vote(true)],
      ["Bob", committee.vote(true)],
      ["Alice", committee.close()],
    ])
  ).at(-1)!;
  const [ongoing] = sights(story, "referendum 0") as [{ongoing: {end: number}}];
  const end = ongoing.ongoing.end - BEGAN + began.block;
  assert.equal(end, began.block + VOTING);
  assert.deepEqual(
    await stage.see("democracy.referendumInfoOf", [0], began.hash),
    stage.recorded({ongoing: {...ongoing.ongoing, end}}),
  );
  const vote = {Standard: {vote: {aye: true, conviction: "Locked1x"}, balance: 1_000n * PHA}};
  await stage.play(story, 11, [["Hank", democracy!.vote!(0, vote as never)]]);
  return began.block;
}

/** The exact blocks at which a voting ends and what was voted is done: each is made, and nothing is jumped over. */
async function seePassed(stage: Stage, began: number): Promise<void> {
  const shift = began - BEGAN;
  const isTold = ([name]: NamedEvent) => !/^(treasury|balances)\./.test(name);
  /** As recorded, with the numbers of blocks counted from where the referendum began here. */
  const recorded = (number: number) => {
    const text = JSON.stringify(blockOf(story, number).hooks!.filter(isTold));
    return stage.recorded(JSON.parse(text.replaceAll("920", String(920 + shift))));
  };
  for (const number of [BEGAN + VOTING, BEGAN + VOTING + DELAY]) {
    await stage.stepTo(number + shift);
    const told = (await stage.hooksAt(number + shift)).filter(isTold);
    assert.deepEqual(told, recorded(number), `block ${number + shift}`);
  }
  const [, finished] = sights(story, "referendum 0") as [unknown, {finished: {end: number}}];
  const passed = await stage.hashAt(began + VOTING);
  assert.deepEqual(
    await stage.see("democracy.referendumInfoOf", [0], passed),
    stage.recorded({finished: {...finished.finished, end: began + VOTING}}),
  );
  const bondAt = async (block: number) =>
    stage.see("collatorSelection.candidacyBond", [], await stage.hashAt(block));
  const [bond] = sights(story, "CandidacyBond");
  assert.notEqual(await bondAt(began + VOTING + DELAY - 1), bond);
  assert.equal(await bondAt(began + VOTING + DELAY), bond);
}

/** The five author after two sessions. */
async function seeAuthors(stage: Stage): Promise<void> {
  await stage.stepTo(PERIOD);
  const queued = await stage.see("session.queuedKeys", [], await stage.hashAt(PERIOD));
  const [expected] = sights(story, "queued");
  assert.deepEqual(
    (queued as [string, unknown][]).map(([who]) => who),
    expected,
  );
  await stage.stepTo(2 * PERIOD);
  const validators = await stage.see("session.validators", [], await stage.hashAt(2 * PERIOD));
  assert.deepEqual([validators], sights(story, "validators"));
}

async function begin(t: TestContext, folder: string): Promise<Stage> {
  const desired = "--set=CollatorSelection.DesiredCandidates=0";
  const stage = await Stage.set(join(folder, "rhala.json"), ["--rate=120", desired]);
  t.after(() => stage.end());
  return stage;
}

const folder = process.env.KHALA_GENUINE;
if (folder === undefined) {
  process.stdout.write("council and democracy are rehearsed where KHALA_GENUINE names a folder\n");
} else {
  test("council and democracy of rhala 1241 as recorded: who is invulnerable, a referendum to the block; every block is judged valid", async t => {
    const stage = await begin(t, folder);
    await appoint(stage);
    const began = await callReferendum(stage);
    await seePassed(stage, began);
    if (goesOn) await seeAuthors(stage);
    assert.ok((await stage.judgeAll()) > began + VOTING + DELAY);
  });
}
