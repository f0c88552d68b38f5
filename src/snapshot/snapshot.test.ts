import assert from "node:assert/strict";
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {seededRandom, unwrap} from "#base";
import {exportSnapshot} from "./export-snapshot.ts";
import {digestOf, type Manifest} from "./manifest.ts";
import {faultyFiles, openManifest, unfinishedSubject} from "./snapshot-folder.ts";
import {hashing, sourceOf, stateOf} from "./snapshot-for-tests.ts";
import type {SnapshotSource} from "./source.ts";
import {verifySnapshot} from "./verify-snapshot.ts";

const root = mkdtempSync(join(tmpdir(), "khala-snapshot-"));
after(() => rmSync(root, {recursive: true}));
const state = stateOf(20_000);
const source = sourceOf(state);
const whole = join(root, "whole");
const manifest = unwrap(await exportSnapshot(source, whole));
let folders = 0;

function copied(): string {
  const folder = mkdtempSync(join(root, `copy-${folders++}-`));
  for (const name of readdirSync(whole)) copyFileSync(join(whole, name), join(folder, name));
  return folder;
}

const verified = (folder: string) => verifySnapshot(folder, hashing);

/** Breaks off before a chunk. */
function breakingOff(chunks: number): SnapshotSource {
  let left = chunks;
  return {
    ...source,
    chunk(start) {
      if (left-- === 0) throw new Error("broken off");
      return source.chunk(start);
    },
  };
}

test("a snapshot has all rows of the state in several files, and is good", async () => {
  const {rows, chunks} = manifest.components.state;
  assert.equal(rows, 20_000 + 1 + 5_000);
  assert.ok(chunks.length >= 3, String(chunks.length));
  const found = unwrap(await verified(whole));
  assert.deepEqual(found.block.decoded.number, 1_000);
});

test("an export that breaks off anywhere is no snapshot, and goes on to the same files", async () => {
  for (let at = 0; at < manifest.components.state.chunks.length; at++) {
    const folder = join(root, `broken-${at}`);
    await assert.rejects(exportSnapshot(breakingOff(at), folder), /broken off/);
    const refused = openManifest(folder);
    assert.ok(!refused.ok && refused.error.code === "snapshot-unfinished");
    assert.equal(unfinishedSubject(folder)?.block.number, 1_000);
    const rest = manifest.components.state.chunks.length - at;
    unwrap(await exportSnapshot(breakingOff(rest), folder));
    for (const name of readdirSync(whole)) {
      assert.deepEqual(readFileSync(join(folder, name)), readFileSync(join(whole, name)), name);
    }
    assert.deepEqual(readdirSync(folder), readdirSync(whole));
  }
});

test("a line or a file that was not whole when the machine stopped is written again", async () => {
  const folder = join(root, "torn");
  await assert.rejects(exportSnapshot(breakingOff(2), folder), /broken off/);
  const lines = join(folder, "unfinished.jsonl");
  const text = readFileSync(lines, "utf8");
  writeFileSync(lines, text.slice(0, -20));
  unwrap(await exportSnapshot(source, folder));
  const other = join(root, "torn-file");
  await assert.rejects(exportSnapshot(breakingOff(2), other), /broken off/);
  truncateSync(join(other, "state-000000.br"), 100);
  unwrap(await exportSnapshot(source, other));
  for (const each of [folder, other]) unwrap(await verified(each));
});

test("whatever a process that was killed left in a folder, the export goes on and leaves the same files", async () => {
  const begun = join(root, "killed");
  await assert.rejects(exportSnapshot(breakingOff(2), begun), /broken off/);
  const progress = readFileSync(join(begun, "unfinished.jsonl"));
  const subject = progress.subarray(0, progress.indexOf("\n") + 1);
  const lines = manifest.components.state.chunks.map((chunk, i, {length}) =>
    JSON.stringify(i === length - 1 ? {...chunk, isLast: true} : chunk),
  );
  const allTold = new Uint8Array(Buffer.from(`${subject}${lines.join("\n")}\n`));
  const half = [".unfinished-0123456789abcdef", new Uint8Array(9)] as const;
  const lefts: readonly (readonly (readonly [string, Uint8Array])[])[] = [
    // While the first file was written; before the block was; while it was.
    [half],
    [["unfinished.jsonl", subject]],
    [["unfinished.jsonl", subject], half],
    // While a chunk was written, and after it and before its line.
    [...readdirSync(begun).map(name => [name, readFileSync(join(begun, name))] as const), half],
    [
      ["unfinished.jsonl", subject],
      ...["block.bin", "state-000000.br"].map(
        name => [name, readFileSync(join(whole, name))] as const,
      ),
    ],
    // While the manifest was: all chunks are there. And right after it.
    [
      ...readdirSync(whole)
        .filter(name => name !== "manifest.json")
        .map(name => [name, readFileSync(join(whole, name))] as const),
      half,
      ["unfinished.jsonl", allTold],
    ],
    [
      ...readdirSync(whole).map(name => [name, readFileSync(join(whole, name))] as const),
      half,
      ["unfinished.jsonl", progress],
    ],
  ];
  for (const left of lefts) {
    const folder = mkdtempSync(join(root, "left-"));
    for (const [name, bytes] of left) writeFileSync(join(folder, name), bytes);
    assert.deepEqual(unwrap(await exportSnapshot(source, folder)), manifest);
    assert.deepEqual(readdirSync(folder), readdirSync(whole));
    unwrap(await verified(folder));
  }
});

test("two that wrote into one folder told of a chunk twice, and it counts once", async () => {
  const folder = join(root, "twice");
  await assert.rejects(exportSnapshot(breakingOff(2), folder), /broken off/);
  const progress = join(folder, "unfinished.jsonl");
  const [subject, first, second] = readFileSync(progress, "utf8").split("\n");
  writeFileSync(progress, `${[subject, first, first, second, second].join("\n")}\n`);
  assert.deepEqual(unwrap(await exportSnapshot(source, folder)), manifest);
});

test("who only asks what is in a folder changes nothing there", async () => {
  const folder = join(root, "asked");
  await assert.rejects(exportSnapshot(breakingOff(1), folder), /broken off/);
  const lines = join(folder, "unfinished.jsonl");
  writeFileSync(lines, `${readFileSync(lines, "utf8")}{"file":"state-0000`);
  const before = readFileSync(lines, "utf8");
  assert.equal(unfinishedSubject(folder)?.block.number, 1_000);
  assert.equal(readFileSync(lines, "utf8"), before);
});

test("a folder with something else, or with another block, is left as it is", async () => {
  const folder = mkdtempSync(join(root, "foreign-"));
  writeFileSync(join(folder, "letter.txt"), "dear");
  const foreign = await exportSnapshot(source, folder);
  assert.ok(!foreign.ok && foreign.error.code === "folder-not-empty");
  assert.deepEqual(readdirSync(folder), ["letter.txt"]);
  // Names that only begin like ours.
  for (const name of [".unfinished-symphony.txt", "unfinished.jsonl"]) {
    const folder = mkdtempSync(join(root, "foreign-"));
    writeFileSync(join(folder, name), "dear\n");
    const foreign = await exportSnapshot(source, folder);
    assert.ok(!foreign.ok && foreign.error.code === "folder-not-empty", name);
    assert.equal(readFileSync(join(folder, name), "utf8"), "dear\n");
  }
  const other = await exportSnapshot(sourceOf(stateOf(3), {number: 2}), copied());
  assert.ok(!other.ok && other.error.code === "snapshot-of-another-block");
});

test("any damaged byte is noticed, and named is the file that has it", async () => {
  const random = seededRandom(7);
  for (let i = 0; i < 60; i++) {
    const folder = copied();
    const files = readdirSync(folder).filter(name => name !== "manifest.json");
    const name = files[Math.floor(random() * files.length)]!;
    const bytes = readFileSync(join(folder, name));
    const at = Math.floor(random() * bytes.length);
    if (i % 3 === 0) writeFileSync(join(folder, name), bytes.subarray(0, at));
    else {
      bytes[at]! ^= 1 + Math.floor(random() * 255);
      writeFileSync(join(folder, name), bytes);
    }
    const found = await verified(folder);
    assert.ok(!found.ok, `${name} at ${at}`);
    assert.equal(found.error.code, "snapshot-damaged");
    assert.match(found.error.what, new RegExp(name.replace(".", "\\.")));
  }
});

test("a manifest that was touched is refused, or says the same", async () => {
  const random = seededRandom(8);
  const text = readFileSync(join(whole, "manifest.json"), "utf8");
  for (let i = 0; i < 100; i++) {
    const folder = copied();
    const at = Math.floor(random() * text.length);
    const other = String.fromCharCode(32 + Math.floor(random() * 90));
    writeFileSync(join(folder, "manifest.json"), text.slice(0, at) + other + text.slice(at + 1));
    const found = await verified(folder);
    if (!found.ok) assert.equal(found.error.code, "snapshot-damaged");
    else {
      const {block, components} = found.value.manifest;
      assert.deepEqual(block, manifest.block);
      assert.deepEqual(
        components.state.chunks.map(({sha256}) => sha256),
        manifest.components.state.chunks.map(({sha256}) => sha256),
      );
    }
  }
});

test("files of another state under true digests are refused at the first of them", async () => {
  const folder = copied();
  const forged = join(root, "forged");
  const theirs = unwrap(await exportSnapshot(sourceOf(stateOf(20_000, 1)), forged));
  const [, , third] = theirs.components.state.chunks;
  const bytes = readFileSync(join(forged, third!.file));
  writeFileSync(join(folder, third!.file), bytes);
  const chunks = manifest.components.state.chunks.map((chunk, i) =>
    i === 2 ? {...chunk, size: bytes.length, sha256: digestOf(bytes)} : chunk,
  );
  const lying: Manifest = {
    ...manifest,
    components: {...manifest.components, state: {...manifest.components.state, chunks}},
  };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(lying));
  const found = await verified(folder);
  assert.ok(!found.ok);
  assert.equal(found.error.what, "the rows of state-000002.br are not those of the state");
  assert.deepEqual(found.error.facts?.at(-1), ["chunk", `3 of ${chunks.length}`]);
});

test("files that are left out at the end are missed", async () => {
  const folder = copied();
  const chunks = manifest.components.state.chunks.slice(0, -1);
  const short = {
    ...manifest,
    components: {...manifest.components, state: {...manifest.components.state, chunks}},
  };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(short));
  const found = await verified(folder);
  assert.ok(!found.ok && found.error.code === "snapshot-damaged");
});

/** The manifest with something else in it: as an editor would leave it, and as a liar would. */
function edited(
  change: (manifest: Record<string, never>) => void,
  digest: "stale" | "none",
): string {
  const folder = copied();
  const file = join(folder, "manifest.json");
  const json = JSON.parse(readFileSync(file, "utf8"));
  change(json);
  if (digest === "none") json.sha256 = undefined;
  writeFileSync(file, JSON.stringify(json));
  return folder;
}

test("a manifest has its own digest; one of before has none and is read as well", async () => {
  const untouched = edited(() => {}, "stale");
  assert.ok((await verified(untouched)).ok);
  assert.ok((await verified(edited(() => {}, "none"))).ok);
  const changed = await verified(
    edited(json => void Object.assign(json.chain!, {name: "Other"}), "stale"),
  );
  assert.match(changed.ok ? "" : changed.error.what, /was changed since it was written/);
});

test("what a manifest says against its own files, or beyond its form, is no fact", async () => {
  const refused: [string, (json: Record<string, never>) => void, RegExp][] = [
    ["code", json => void Object.assign(json, {codeHash: `0x${"11".repeat(32)}`}), /another code/],
    ["proof", json => void Object.assign(json, {isProved: true}), /has no proofs/],
    ["id", json => void Object.assign(json.chain!, {id: "../../"}), /not of its form/],
    ["dots", json => void Object.assign(json.chain!, {id: ".."}), /not of its form/],
    ["height", json => void Object.assign(json.block!, {number: 7}), /do not belong together/],
  ];
  for (const [name, change, expected] of refused) {
    const found = await verified(edited(change, "none"));
    assert.match(found.ok ? "" : found.error.what, expected, name);
  }
});

test("which files are not there or of another size is known without reading them", () => {
  const folder = copied();
  assert.deepEqual(faultyFiles(folder, manifest), {missing: [], damaged: []});
  const [first, second] = manifest.components.state.chunks;
  rmSync(join(folder, first!.file));
  truncateSync(join(folder, second!.file), second!.size - 1);
  assert.deepEqual(faultyFiles(folder, manifest), {
    missing: [first!.file],
    damaged: [second!.file],
  });
});
