/**
 * Killed while it exports and while it imports. KILLS: how often (3 where not said), KILL_SEED: at which moments.
 */
import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {once} from "node:events";
import {mkdtempSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {fileURLToPath} from "node:url";
import {bytesToHex, seededRandom, unwrap} from "#base";
import {createPortableHashing} from "#crypto";
import {createNativeHashing} from "#crypto-native";
import {exportSnapshot, verifySnapshot} from "#snapshot";
import {type ChainStore, chainFolders, inspectChain, openChainStore} from "#store";
import {discardImport} from "./import-snapshot.ts";
import {devSpec, madeUpSource} from "./snapshot-for-tests.ts";

const WRITER = fileURLToPath(new URL("snapshot-crash-writer.ts", import.meta.url));
const KILLS = Number(process.env.KILLS ?? 3);
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
/** Some fifteen files. */
const ENTRIES = 100_000;

const root = mkdtempSync(join(tmpdir(), "khala-snapshot-kills-"));
after(() => rmSync(root, {recursive: true, force: true}));
const source = await madeUpSource(ENTRIES);
const whole = join(root, "whole");
const manifest = unwrap(await exportSnapshot(source, whole));
const spec = devSpec();
const hashing = await createNativeHashing();

/** Runs until so many files are done and a moment more, then ends it without a word; false where it was done before. */
async function runAndKill(
  args: readonly string[],
  files: number,
  moment: number,
): Promise<boolean> {
  const child = spawn(process.execPath, ["--import", "tsx", WRITER, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let lines = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    lines += chunk.toString().split("\n").length - 1;
    if (lines >= files) setTimeout(() => child.kill("SIGKILL"), moment);
  });
  const [code, signal] = await once(child, "close");
  if (signal === "SIGKILL") return true;
  assert.equal(code, 0);
  return false;
}

/** As often as asked for, a few files at a time, and then to the end. */
async function killAgainAndAgain(t: {diagnostic(text: string): void}, args: readonly string[]) {
  const random = seededRandom(SEED);
  let kills = 0;
  for (let i = 0; i < KILLS; i++) {
    const killed = await runAndKill(args, 1 + Math.floor(random() * 3), random() * 40);
    if (killed) kills++;
    if (!killed) break;
  }
  t.diagnostic(`${kills} kills with seed ${SEED}`);
  assert.ok(kills > 0);
}

const look = (basePath: string, at: (store: ChainStore) => unknown) =>
  inspectChain(chainFolders(basePath, spec.id), data => hashing.blake2b256(data), at);

test("an export that is killed at any moment goes on to the same snapshot", async t => {
  const folder = join(root, "exported");
  await killAgainAndAgain(t, ["export", folder, String(ENTRIES)]);
  await runAndKill(["export", folder, String(ENTRIES)], 1_000_000, 0);
  const found = unwrap(await verifySnapshot(folder, createPortableHashing()));
  assert.deepEqual(found.manifest, manifest);
  assert.deepEqual(readdirSync(folder), readdirSync(whole));
});

test("an import that is killed at any moment goes on, is refused until it is whole, and leaves no more than the state", async t => {
  const basePath = join(root, "killed");
  await killAgainAndAgain(t, ["import", whole, basePath]);
  const state = await look(basePath, store => ({
    best: store.best.number,
    unfinished: store.imports.unfinished?.pieces,
  }));
  const {best, unfinished} = unwrap(state) as {best: number; unfinished: number | undefined};
  assert.equal(best, unfinished === undefined && best > 0 ? 5_000 : 0);
  if (unfinished !== undefined) {
    const folders = chainFolders(basePath, spec.id);
    const genesis = {
      hash: Buffer.from(manifest.chain.genesisHash.slice(2), "hex"),
      build: () => assert.fail("it was begun"),
    };
    const refused = await openChainStore(folders, genesis, data => hashing.blake2b256(data));
    assert.ok(!refused.ok && refused.error.code === "import-unfinished");
  }
  await runAndKill(["import", whole, basePath], 1_000_000, 0);
  const straight = join(root, "straight");
  await runAndKill(["import", whole, straight], 1_000_000, 0);
  const describe = (store: ChainStore) => {
    const counted = store.countComposition();
    while (!counted.step());
    const sizes = counted.kinds().filter(({kind}) => kind.startsWith("state"));
    return {best: bytesToHex(store.best.hash), unfinished: store.imports.unfinished, sizes};
  };
  const [one, other] = [await look(basePath, describe), await look(straight, describe)];
  assert.deepEqual(one, other);
  const entries = await look(basePath, store => {
    const at = store.stateAt(store.best.hash)!;
    let count = 0;
    for (const _ of at.entries()) count++;
    return count;
  });
  assert.equal(unwrap(entries), manifest.components.state.rows);
});

test("what there is of an import that broke off is removed whole when nobody wants it", async () => {
  const basePath = join(root, "discarded");
  await runAndKill(["import", whole, basePath], 4, 0);
  const count = (store: ChainStore) => {
    const counted = store.countComposition();
    while (!counted.step());
    return counted.kinds().find(({kind}) => kind === "state nodes")!.entries;
  };
  const before = unwrap(await look(basePath, count)) as number;
  assert.equal(unwrap(await discardImport(spec, basePath)), true);
  const after = unwrap(await look(basePath, count)) as number;
  assert.ok(after < 500 && after < before / 10, `${before} nodes, then ${after}`);
  assert.equal(unwrap(await discardImport(spec, basePath)), false);
});
