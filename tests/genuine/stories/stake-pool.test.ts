import assert from "node:assert/strict";
import {join} from "node:path";
import {test} from "node:test";
import {recordedStory, sights} from "./recorded.ts";
import {type Played, Stage} from "./stage.ts";

const story = recordedStory("stake-pool");
const PHA = 10n ** 12n;
/** The asset of the wrapped token, W-PHA, and whose it is. */
const ASSET = 10_000;
const WRAPPED = new TextEncoder().encode("wpha/".padEnd(32, "\0"));
const POOL = 0;
const VAULT = 1;
/** Parts in a million. */
const [POOL_COMMISSION, VAULT_COMMISSION] = [100_000, 50_000];

/** Storage after the block of a transaction, beside what was recorded. */
class Books {
  readonly #stage: Stage;
  readonly #recorded = {
    wrapped: sights(story, "W-PHA of Hank"),
    pool: sights(story, "pool 0"),
    vault: sights(story, "vault 1"),
  };

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** The next recorded W-PHA of Hank. */
  async wrapped({hash}: Played): Promise<void> {
    const account = await this.#stage.see(
      "assets.account",
      [ASSET, this.#stage.address("Hank")],
      hash,
    );
    const balance = (account as {balance: string} | null)?.balance ?? null;
    assert.equal(balance, this.#recorded.wrapped.shift());
  }

  /** The next recorded pool, or vault. */
  async pool({hash}: Played, pid: number): Promise<void> {
    const recorded = pid === POOL ? this.#recorded.pool.shift() : this.#recorded.vault.shift();
    const pool = await this.#stage.see("phalaBasePool.pools", [pid], hash);
    assert.deepEqual(pool, this.#stage.recorded(recorded));
  }

  /** Nothing that was recorded is left to hold the chain to. */
  end(): void {
    assert.deepEqual(this.#recorded, {wrapped: [], pool: [], vault: []});
  }
}

/** The asset, and what is wrapped into it. */
async function wrap(stage: Stage, books: Books): Promise<void> {
  const {assets, phalaWrappedBalances, sudo} = stage.api.tx;
  const wrapping = (amount: bigint) => phalaWrappedBalances!.wrap!(amount * PHA);
  await stage.play(story, 1, [["Gina", wrapping(1_000n)]]);
  const made = assets!.forceCreate!(ASSET, stage.addressOf(WRAPPED), true, PHA / 100n);
  const named = assets!.forceSetMetadata!(ASSET, "Wrapped PHA", "W-PHA", 12, false);
  await stage.play(story, 2, [
    ["Alice", sudo!.sudo!(made)],
    ["Alice", sudo!.sudo!(named)],
  ]);
  const both = await stage.play(story, 3, [
    ["Gina", wrapping(1_000n)],
    ["Hank", wrapping(2_000n)],
  ]);
  await books.wrapped(both[1]!);
}

/** A pool of Gina's, and what Hank may do with it and may not. */
async function pool(stage: Stage, books: Books): Promise<void> {
  const {phalaStakePoolv2, phalaBasePool} = stage.api.tx;
  const contributing = (amount: bigint) =>
    phalaStakePoolv2!.contribute!(POOL, amount * PHA, null as never);
  const withdrawing = (shares: bigint) =>
    phalaStakePoolv2!.withdraw!(POOL, shares * PHA, null as never);
  const capping = (cap: bigint) => phalaStakePoolv2!.setCap!(POOL, cap * PHA);
  await stage.play(story, 4, [["Gina", phalaStakePoolv2!.create!()]]);
  await stage.play(story, 5, [
    ["Gina", capping(5_000n)],
    ["Gina", phalaStakePoolv2!.setPayoutPref!(POOL, POOL_COMMISSION)],
    ["Gina", phalaBasePool!.setPoolDescription!(POOL, "a pool")],
  ]);
  const [contributed] = await stage.play(story, 6, [
    ["Hank", contributing(500n)],
    ["Ivan", contributing(500n)],
  ]);
  await books.wrapped(contributed!);
  await books.pool(contributed!, POOL);
  const [withdrawn] = await stage.play(story, 7, [["Hank", withdrawing(200n)]]);
  await books.wrapped(withdrawn!);
  await stage.play(story, 8, [
    ["Hank", withdrawing(1_000n)],
    ["Gina", capping(100n)],
    ["Hank", capping(10_000n)],
  ]);
  await stage.play(story, 9, [
    ["Gina", phalaBasePool!.addStakerToWhitelist!(POOL, stage.address("Gina"))],
    ["Hank", contributing(100n)],
  ]);
  await stage.play(story, 10, [
    ["Gina", phalaBasePool!.removeStakerFromWhitelist!(POOL, stage.address("Gina"))],
    ["Hank", contributing(100n)],
  ]);
}

/** A vault of Eve's that puts what it is given into the pool, and all of it taken out again. */
async function vault(stage: Stage, books: Books): Promise<void> {
  const {phalaStakePoolv2, phalaVault, phalaWrappedBalances} = stage.api.tx;
  await stage.play(story, 11, [
    ["Eve", phalaVault!.create!()],
    ["Eve", phalaVault!.setPayoutPref!(VAULT, VAULT_COMMISSION)],
    ["Hank", phalaVault!.contribute!(VAULT, 300n * PHA)],
  ]);
  const investing = phalaStakePoolv2!.contribute!(POOL, 100n * PHA, VAULT);
  const [invested] = await stage.play(story, 12, [["Eve", investing]]);
  await books.pool(invested!, POOL);
  await books.pool(invested!, VAULT);
  const [taken] = await stage.play(story, 13, [["Hank", phalaVault!.withdraw!(VAULT, 150n * PHA)]]);
  await books.wrapped(taken!);
  const freeAt = async (hash: string) => {
    const account = await stage.see("system.account", [stage.address("Hank")], hash);
    return BigInt((account as {data: {free: string}}).data.free);
  };
  const before = await freeAt(taken!.hash);
  const unwrapped = await stage.play(story, 14, [
    ["Hank", phalaWrappedBalances!.unwrap!(100n * PHA)],
    ["Hank", phalaWrappedBalances!.unwrapAll!()],
  ]);
  await books.wrapped(unwrapped[1]!);
  const [grown] = sights(story, "free of Hank grew by");
  assert.equal(String((await freeAt(unwrapped[1]!.hash)) - before), grown);
}

const folder = process.env.KHALA_GENUINE;
if (folder === undefined) {
  process.stdout.write("stake pools are rehearsed where KHALA_GENUINE names a folder\n");
} else {
  test("wrapped tokens, a stake pool and a vault on rhala 1241 as recorded; every block is judged valid", async t => {
    const stage = await Stage.set(join(folder, "rhala.json"), ["--rate=60"]);
    t.after(() => stage.end());
    stage.call("WRAPPED", WRAPPED);
    const books = new Books(stage);
    await wrap(stage, books);
    await pool(stage, books);
    await vault(stage, books);
    books.end();
    assert.ok((await stage.judgeAll()) >= 14);
  });
}
