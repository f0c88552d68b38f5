/**
 * (w) A snapshot of a large state: out of memory, into a database, out of that database again, checked; and going back to a named
 * snapshot of a dev chain.
 */
import {mkdtempSync, rmSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {open} from "lmdb";
import {hexToBytes, unwrap} from "#base";
import {createNativeHashing} from "#crypto-native";
import {exportDatabase, importSnapshot, inMemoryNode, quietly, startNode} from "#node";
import {exportSnapshot, type Manifest, verifySnapshot} from "#snapshot";
import {devSpec, madeUpSource} from "../src/node/snapshots/snapshot-for-tests.ts";
import type {Figure} from "./figure.ts";
import {median} from "./figure.ts";

const RESTORES = 200;
const quiet = () => {};

export async function benchSnapshot(accounts: number): Promise<Figure[]> {
  const root = mkdtempSync(join(tmpdir(), "khala-bench-snapshot-"));
  try {
    return [...(await outAndIn(root, accounts)), ...(await back(root))];
  } finally {
    rmSync(root, {recursive: true, force: true});
  }
}

const madeUp = async (folder: string, accounts: number) =>
  unwrap(await exportSnapshot(await madeUpSource(accounts), folder));

async function outAndIn(root: string, accounts: number): Promise<Figure[]> {
  const [folder, again, basePath] = ["first", "again", "base"].map(name => join(root, name));
  const spec = devSpec();
  // A state of a million accounts in memory would keep the collector busy through all that follows.
  const first = await madeUp(folder!, accounts);
  const {rows, size, unpacked, chunks} = first.components.state;
  const perSecond = async (act: () => Promise<unknown>) => {
    const began = performance.now();
    await act();
    return (rows * 1_000) / (performance.now() - began);
  };
  const trusted = hexToBytes(first.block.hash);
  const importing = await perSecond(async () => {
    const finality = {kind: "at-once"} as const;
    const wishes = {spec, basePath: basePath!, folder: folder!, finality, trusted};
    const imported = await importSnapshot({...wishes, onProgress: quiet});
    if (!imported.ok) throw new Error(JSON.stringify(imported.error));
  });
  let manifest: Manifest | undefined;
  const exporting = await perSecond(async () => {
    const wishes = {spec, basePath: basePath!, folder: again!, block: undefined};
    const exported = await exportDatabase({...wishes, onProgress: quiet});
    if (!exported.ok || typeof exported.value === "string") throw new Error(String(exported));
    manifest = exported.value;
  });
  const same = manifest?.components.state.chunks.every(
    ({sha256}, i) => sha256 === chunks[i]?.sha256,
  );
  if (same !== true) throw new Error("what came out is not what went in");
  const hashing = await createNativeHashing();
  const verifying = await perSecond(async () => unwrap(await verifySnapshot(again!, hashing)));
  const database = statSync(join(basePath!, "chains", spec.id, "db", "full", "data.mdb")).size;
  const label = `${accounts.toLocaleString("en-US")} accounts`;
  const aim = {value: 50_000, from: "goal; 200,000 is the moonshot"};
  const mebibytes = (bytes: number) => bytes / 1_048_576;
  return [
    {name: `(w) snapshot import, ${label}`, value: importing, unit: "keys/s", aim},
    {name: "(w) snapshot export, from the database", value: exporting, unit: "keys/s", aim},
    {name: "(w) snapshot verify", value: verifying, unit: "keys/s"},
    {name: "(w) its files", value: mebibytes(size), unit: "MiB"},
    {name: "(w) unpacked", value: mebibytes(unpacked), unit: "MiB"},
    {name: "(w) the database it makes", value: mebibytes(database), unit: "MiB"},
  ];
}

/** Milliseconds to go back over a block to a named one, in memory and where the way back is on disk. */
async function back(root: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const inMemory of [true, false]) {
    const wishes = inMemoryNode({spec: devSpec(), devKeys: ["//Alice"]});
    const node = unwrap(
      await startNode({...wishes, inMemory, basePath: join(root, "restores")}, quietly),
    );
    const tools = node.timeTools!;
    unwrap(await tools.makeBlock());
    unwrap(tools.snapshot("ready"));
    const times: number[] = [];
    for (let i = 0; i < RESTORES; i++) {
      unwrap(await tools.makeBlock());
      const began = performance.now();
      unwrap(await tools.restore("ready"));
      times.push(performance.now() - began);
    }
    await node.stop();
    // What is answered is on disk, and nothing that is can be faster than the database says that it has a page.
    const limit = inMemory ? undefined : median(await commits(join(root, "commits")));
    figures.push({
      name: `(w) restore of a named snapshot, ${inMemory ? "in memory" : "on disk"}`,
      value: median(times),
      unit: "ms",
      aim:
        limit === undefined
          ? {value: 1, atMost: true, from: "goal"}
          : {value: 1 + limit, atMost: true, from: `goal, and ${limit.toFixed(1)} ms of a commit`},
    });
  }
  return figures;
}

/** Milliseconds in which LMDB has one value on disk. */
async function commits(path: string): Promise<number[]> {
  const lmdb = open({path, encoding: "binary", overlappingSync: false});
  const times: number[] = [];
  for (let i = 0; i < RESTORES; i++) {
    const began = performance.now();
    await lmdb.put("key", Buffer.alloc(100, i));
    times.push(performance.now() - began);
  }
  await lmdb.close();
  return times;
}
