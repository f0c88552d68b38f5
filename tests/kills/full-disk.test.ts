/**
 * A disk that fills up under a node to the last byte, at random moments and with more or less left, and is cleared. The
 * node ends with the reason or waits for room, as the write that fails has it; some are killed meanwhile. Where there is
 * room again finality goes on, in the same process or the next, and all that was final still is.
 *
 * FILLS: how often (4 where not said), KILL_SEED: when.
 */
import assert from "node:assert/strict";
import {readdirSync, statSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {seededRandom} from "#base";
import {isUnfinished} from "#durable-file";
import {type KhalaProcess, startKhala} from "../support/khala-process.ts";
import {finalizedOf, hashAt, until} from "../support/network.ts";
import {temporaryFolder} from "../support/temporary-folder.ts";
import {Load} from "./load.ts";
import {mountSmall} from "./small-file-system.ts";

const FILLS = Number(process.env.FILLS ?? 4);
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
const MEBIBYTES = 192;
const PARAMETERS = ["--param=slot=100ms", "--param=session=10", "--min-free-space=0"];

test(`a disk that fills up ${FILLS} times and is cleared`, {timeout: 1_800_000}, async t => {
  t.diagnostic(`KILL_SEED=${SEED}`);
  const small = mountSmall(await temporaryFolder("full-disk"), MEBIBYTES);
  if (small === undefined) {
    t.skip("mounting a file system is not allowed here");
    return;
  }
  t.after(() => small.unmount());
  const random = seededRandom(SEED);
  const load = await Load.create(random);
  const base = join(small.directory, "node");
  const args = ["dev", "--rpc-port=0", `--base-path=${base}`, ...PARAMETERS];
  let final: {readonly number: number; readonly hash: string} | undefined;
  for (let fill = 0; fill <= FILLS; fill++) {
    const where = `fill ${fill} of ${FILLS}, KILL_SEED=${SEED}`;
    const node = await startKhala(args);
    if (final !== undefined) assert.equal(await hashAt(node, final.number), final.hash, where);
    await goesOn(node, where);
    final = {number: await finalizedOf(node), hash: ""};
    final = {...final, hash: (await hashAt(node, final.number))!};
    if (fill === FILLS) {
      assert.equal(await node.stop(), 0, where);
      break;
    }
    load.begin(node.url);
    await new Promise(resolve => setTimeout(resolve, random() * 1_000));
    small.fill(Math.floor(random() ** 2 * 300_000));
    let code = await Promise.race([node.exited, later(2_000)]);
    await load.end();
    assert.deepEqual(emptyFiles(base), [], where);
    const isKilled = code === "runs" && fill % 2 === 1;
    if (isKilled) await node.stop("SIGKILL");
    small.clear();
    if (!isKilled && code === "runs") code = await goesOnOrEnds(node, where);
    assert.doesNotMatch(node.lines.join("\n"), /report it with these lines/, where);
    if (isKilled) continue;
    if (code !== "runs") {
      assert.equal(code, 1, `${where}: it ends\n${node.lines.slice(-10).join("\n")}`);
      assert.match(node.lines.join("\n"), /^(database-full|disk-low|disk-unwritable): /m, where);
      continue;
    }
    const complaints = node.lines.filter(line => line.includes("ENOSPC"));
    assert.ok(complaints.length < 12, `${where}: said once\n${complaints.join("\n")}`);
    assert.equal(await node.stop(), 0, where);
  }
});

const later = (span: number) => new Promise<"runs">(resolve => setTimeout(resolve, span, "runs"));

async function goesOn(node: KhalaProcess, where: string): Promise<void> {
  const before = await finalizedOf(node);
  await until(
    `${where}: finality goes on beyond ${before}\n${node.lines.slice(-20).join("\n")}`,
    async () => (await finalizedOf(node)) > before + 3,
  );
}

/** What failed a moment before there was room may end it now. */
async function goesOnOrEnds(node: KhalaProcess, where: string): Promise<number | null | "runs"> {
  try {
    await goesOn(node, where);
    return "runs";
  } catch (error) {
    const end = await Promise.race([node.exited, later(5_000)]);
    if (end === "runs") throw error;
    return end;
  }
}

/**
 * Files that a full disk left without content: none may be, but for one that never had any, and those that are not yet
 * what they are named after. A node that runs may take one away meanwhile.
 */
function emptyFiles(base: string): string[] {
  return readdirSync(base, {recursive: true, withFileTypes: true})
    .filter(({name}) => name !== "lock.mdb" && !isUnfinished(name))
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => statSync(file, {throwIfNoEntry: false})?.size === 0);
}
