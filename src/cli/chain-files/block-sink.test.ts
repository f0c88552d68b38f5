import assert from "node:assert/strict";
import {execFileSync, spawn} from "node:child_process";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {recordedTerminal} from "../test-kit/recorded-terminal.ts";
import {BlockSink} from "./block-sink.ts";

const folder = mkdtempSync(join(tmpdir(), "khala-sink-"));
after(() => rmSync(folder, {recursive: true}));

const COUNT = Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0);

function written(file: string): void {
  const sink = new BlockSink(file, true, recordedTerminal());
  sink.begin(2);
  sink.finish();
}

test("a file has its name once it is whole, and what was there is there until then", () => {
  const file = join(folder, "blocks");
  writeFileSync(file, "before");
  const sink = new BlockSink(file, true, recordedTerminal());
  sink.begin(2);
  assert.equal(readFileSync(file, "utf8"), "before");
  sink.finish();
  assert.deepEqual(new Uint8Array(readFileSync(file)), COUNT);
});

test("what a link leads to is written, and the link stays one", () => {
  const [file, link] = [join(folder, "target"), join(folder, "link")];
  writeFileSync(file, "before");
  symlinkSync(file, link);
  written(link);
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.deepEqual(new Uint8Array(readFileSync(file)), COUNT);
});

test("a pipe is written to, and stays one", async () => {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const reader = spawn("cat", [pipe], {stdio: ["ignore", "pipe", "inherit"]});
  const chunks: Buffer[] = [];
  reader.stdout.on("data", chunk => chunks.push(chunk));
  const ended = new Promise(resolve => reader.on("close", resolve));
  written(pipe);
  await ended;
  assert.ok(lstatSync(pipe).isFIFO());
  assert.deepEqual(new Uint8Array(Buffer.concat(chunks)), COUNT);
});

test("a folder is refused as the system refuses it, and nothing is left", () => {
  const directory = join(folder, "directory");
  mkdirSync(directory);
  const before = readdirSync(folder);
  assert.throws(() => new BlockSink(directory, true, recordedTerminal()), {code: "EISDIR"});
  assert.deepEqual(readdirSync(folder), before);
});
