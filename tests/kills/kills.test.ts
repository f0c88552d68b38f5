/**
 * Processes are killed at random moments, and in the one between a promise and its vote, while they have much to do;
 * after each restart finality goes on, nothing that was final is lost, and nobody has said two things.
 *
 * KILLS: how many (12 where not said), KILL_SEED: which moments, KILL_BURN: processes that do nothing but keep a core busy
 * meanwhile (one a core where not said).
 */
import assert from "node:assert/strict";
import {type FSWatcher, readdirSync, readFileSync, watch} from "node:fs";
import {availableParallelism} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {seededRandom} from "#base";
import {startKhala} from "../support/khala-process.ts";
import {startNet} from "../support/net-process.ts";
import {finalizedOf, hashAt, until} from "../support/network.ts";
import {rpc} from "../support/rpc.ts";
import {temporaryFolder} from "../support/temporary-folder.ts";
import {burnCores, Load} from "./load.ts";

const KILLS = Number(process.env.KILLS ?? 12);
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
const BURN = Number(process.env.KILL_BURN ?? availableParallelism());
/** Rounds of voting that may pass after a restart until a block made since then is final. */
const MOST_ROUNDS = 12;
const PARAMETERS = ["--param=slot=100ms", "--param=session=10"];

/** Something that runs, and is ended without a word. */
interface Victim {
  readonly urls: readonly string[];
  readonly lines: readonly string[];
  kill(): Promise<void>;
}

async function startDev(base: string): Promise<Victim> {
  const node = await startKhala(["dev", "--rpc-port=0", `--base-path=${base}`, ...PARAMETERS]);
  return {urls: [node.url], lines: node.lines, kill: async () => void (await node.stop("SIGKILL"))};
}

async function startNetwork(base: string, flags: readonly string[]): Promise<Victim> {
  const net = await startNet(["4", `--base-path=${base}`, ...PARAMETERS, ...flags]);
  const children = childrenOf(net.pid);
  return {
    urls: net.nodes.map(({url}) => url),
    lines: net.lines,
    async kill() {
      for (const child of children) process.kill(child, "SIGKILL");
      await net.stop("SIGKILL");
    },
  };
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);

/** Every folder below one in which a guard keeps its promises. */
function guardFolders(base: string): string[] {
  return readdirSync(base, {recursive: true, withFileTypes: true})
    .filter(entry => entry.isDirectory() && entry.name === "signed")
    .map(entry => join(entry.parentPath, entry.name));
}

/** Resolves in the moment in which so many votes have been promised. */
function promised(base: string, votes: number): Promise<void> {
  const watchers: FSWatcher[] = [];
  return new Promise<void>(resolve => {
    let left = votes;
    for (const folder of guardFolders(base)) {
      watchers.push(
        watch(folder, (_, name) => {
          if (name?.startsWith("6772616e") && --left === 0) resolve();
        }),
      );
    }
  }).finally(() => {
    for (const watcher of watchers) watcher.close();
  });
}

async function killAgainAndAgain(
  name: string,
  kills: number,
  start: (base: string) => Promise<Victim>,
): Promise<void> {
  const random = seededRandom(SEED + name.length);
  const base = await temporaryFolder("kills");
  const load = await Load.create(random);
  const relieve = burnCores(BURN, 30 + 20 * kills);
  let final: {readonly number: number; readonly hash: string} | undefined;
  const said: string[] = [];
  try {
    for (let kill = 0; kill <= kills; kill++) {
      const victim = await start(base);
      const [url] = victim.urls as [string];
      const where = `${name}, kill ${kill} of ${kills}, KILL_SEED=${SEED}`;
      if (final !== undefined) {
        assert.equal(await hashAt({url}, final.number), final.hash, `${where}: what was final`);
        assert.ok((await finalizedOf({url})) >= final.number, `${where}: still is`);
      }
      load.begin(url);
      await goesOn(victim, where);
      const isAimed = kill % 2 === 1;
      if (isAimed) await promised(base, 1 + Math.floor(random() * 12));
      else await new Promise(resolve => setTimeout(resolve, random() * 2_000));
      if (!isAimed) {
        const number = await finalizedOf({url});
        final = {number, hash: (await hashAt({url}, number))!};
      }
      await victim.kill();
      await load.end();
      said.push(...victim.lines.filter(line => /equivocation|contradict/.test(line)));
      assert.deepEqual(said, [], where);
    }
  } finally {
    relieve();
    await load.end();
  }
}

/** A block that is made after the restart becomes final on every node, within so many rounds. */
async function goesOn({urls, lines}: Victim, where: string): Promise<void> {
  for (const url of urls) {
    const best = await rpc<{number: string}>(url, "chain_getHeader", []);
    const {round: first} = await roundOf(url);
    await until(
      `${where}: a block above ${Number(best.number)} is final\n${lines.slice(-40).join("\n")}`,
      async () => (await finalizedOf({url})) > Number(best.number),
      90_000,
    );
    const {round: last} = await roundOf(url);
    assert.ok(last - first <= MOST_ROUNDS * urls.length, `${where}: rounds ${first} to ${last}`);
  }
}

const roundOf = async (url: string): Promise<{round: number}> =>
  (await rpc<{best: {round: number}}>(url, "grandpa_roundState", [])).best;

const share = (of: number) => Math.ceil(KILLS * of);

test(`a dev chain, killed ${share(0.5)} times`, {timeout: 3_600_000}, async t => {
  t.diagnostic(`KILL_SEED=${SEED}`);
  await killAgainAndAgain("dev", share(0.5), startDev);
});

test(`a network in one process, killed ${share(0.25)} times`, {timeout: 3_600_000}, async t => {
  t.diagnostic(`KILL_SEED=${SEED}`);
  await killAgainAndAgain("net", share(0.25), base => startNetwork(base, []));
});

test(`a network of processes, killed ${share(0.25)} times`, {timeout: 3_600_000}, async t => {
  t.diagnostic(`KILL_SEED=${SEED}`);
  await killAgainAndAgain("processes", share(0.25), base => startNetwork(base, ["--processes"]));
});
