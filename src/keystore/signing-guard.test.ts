import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {fileURLToPath} from "node:url";
import {createDiskSigningGuard, type GuardNotice} from "./disk-signing-guard.ts";
import {createMemorySigningGuard} from "./memory-signing-guard.ts";
import {PROMISES_KEPT, type SigningGuard} from "./signing-guard.ts";

const folder = mkdtempSync(join(tmpdir(), "khala-guard-"));
after(() => rmSync(folder, {recursive: true, force: true}));

const key = (n: number) => new Uint8Array(32).fill(n);
const block = (n: number) => Uint8Array.of(n);
let folders = 0;
const freshFolder = () => join(folder, String(folders++));

const GUARDS: readonly [name: string, create: () => SigningGuard][] = [
  ["in memory", createMemorySigningGuard],
  ["on disk", () => createDiskSigningGuard(freshFolder())],
];

for (const [where, create] of GUARDS) {
  test(`a guard ${where} gives a voter a place once, and only higher ones after it`, () => {
    const guard = create();
    const take = (place: number[], content: number) =>
      guard.take("gran", key(1), place, block(content)).ok;
    assert.equal(take([0, 15, 0], 1), true);
    assert.equal(take([0, 15, 0], 2), false);
    assert.equal(take([0, 14, 2], 3), false);
    assert.equal(take([0, 16, 0], 4), true);
    assert.equal(take([1, 1, 0], 5), true);
    assert.equal(take([0, 16, 0], 4), false);
  });

  test(`a guard ${where} gives an author each slot once, unused ones of before a later one too`, () => {
    const guard = create();
    const take = (slot: number, content: number) =>
      guard.take("aura", key(1), [slot], block(content)).ok;
    assert.equal(take(15, 1), true);
    assert.equal(take(14, 2), false, "nothing is known of what lies below");
    assert.equal(take(4_096, 3), true);
    assert.equal(take(16, 4), true, "the clock was set forward, and is right again");
    assert.equal(take(15, 5), false);
    assert.equal(take(16, 6), false);
    assert.equal(take(4_096, 7), false);
    assert.equal(take(16, 4), true);
    for (let slot = 20; slot < 120; slot++) assert.equal(take(slot, 8), true);
    assert.equal(take(18, 9), false, "what was forgotten counts as taken");
    assert.equal(take(4_096, 10), false);
  });

  test(`a guard ${where} allows the same content again: it is the same signature`, () => {
    const guard = create();
    assert.ok(guard.take("gran", key(1), [0, 7, 0], block(1)).ok);
    assert.ok(guard.take("gran", key(1), [0, 7, 0], block(1)).ok);
    assert.ok(guard.take("gran", key(1), [0, 7, 1], block(1)).ok);
    assert.ok(guard.take("gran", key(1), [1, 1, 0], block(1)).ok);
    assert.equal(guard.take("gran", key(1), [0, 8, 0], block(1)).ok, false);
  });

  test(`a guard ${where} keeps keys and their kinds apart`, () => {
    const guard = create();
    assert.ok(guard.take("aura", key(1), [5], block(1)).ok);
    assert.ok(guard.take("aura", key(2), [5], block(1)).ok);
    assert.ok(guard.take("gran", key(1), [5], block(2)).ok);
  });
}

test("a guard on disk remembers after a restart, and keeps so many files a key", () => {
  const directory = freshFolder();
  for (let slot = 1; slot <= 80; slot++) {
    assert.ok(createDiskSigningGuard(directory).take("aura", key(1), [slot], block(slot)).ok);
  }
  assert.equal(readdirSync(directory).length, PROMISES_KEPT.aura);
  for (let round = 1; round <= 5; round++) {
    const place = [0, round, 1];
    assert.ok(createDiskSigningGuard(directory).take("gran", key(1), place, block(round)).ok);
  }
  assert.equal(readdirSync(directory).length, PROMISES_KEPT.aura + PROMISES_KEPT.gran);
  const refused = createDiskSigningGuard(directory).take("aura", key(1), [80], block(99));
  assert.ok(!refused.ok && refused.error.code === "promised-otherwise");
});

test("a second copy of the process on the same folder gets no place that the first one took", () => {
  const directory = freshFolder();
  const [first, second] = [createDiskSigningGuard(directory), createDiskSigningGuard(directory)];
  assert.ok(first.take("aura", key(1), [3], block(1)).ok);
  assert.equal(second.take("aura", key(1), [3], block(2)).ok, false);
  assert.ok(second.take("aura", key(1), [4], block(2)).ok);
  assert.equal(first.take("aura", key(1), [4], block(3)).ok, false);
});

test("where a place cannot be written down there is no signature", () => {
  const refused = createDiskSigningGuard("/dev/null/guard").take("aura", key(1), [3], block(1));
  assert.ok(!refused.ok && refused.error.code === "guard-unwritable");
});

for (const [where, create] of GUARDS) {
  test(`a guard ${where} tells what a key has promised last, and for what a place is taken`, () => {
    const guard = create();
    assert.deepEqual(guard.last("gran", key(1)), {ok: true, value: undefined});
    assert.ok(guard.take("gran", key(1), [0, 7, 1], block(1)).ok);
    assert.ok(guard.take("gran", key(1), [0, 7, 2], block(2)).ok);
    const last = guard.last("gran", key(1));
    assert.ok(last.ok);
    assert.deepEqual(last.value, {place: [0, 7, 2], content: block(2)});
    const otherwise = guard.take("gran", key(1), [0, 7, 2], block(9));
    assert.deepEqual(otherwise, {
      ok: false,
      error: {code: "promised-otherwise", content: block(2)},
    });
    const before = guard.take("gran", key(1), [0, 7, 1], block(1));
    assert.ok(!before.ok && before.error.code === "already-signed");
  });
}

test("an empty record was never signed for: the place is free, the file goes, and it is said", () => {
  const directory = freshFolder();
  assert.ok(createDiskSigningGuard(directory).take("aura", key(1), [7], block(1)).ok);
  const [name] = readdirSync(directory);
  const later = join(directory, name!.replace(/7$/, "8"));
  writeFileSync(later, "");
  const notices: GuardNotice[] = [];
  const guard = createDiskSigningGuard(directory, notice => notices.push(notice));
  const last = guard.last("aura", key(1));
  assert.ok(last.ok);
  assert.deepEqual(last.value, {place: [7], content: block(1)});
  assert.ok(guard.take("aura", key(1), [8], block(2)).ok);
  assert.deepEqual(notices, [{code: "empty", file: later}]);
});

test("a damaged record keeps its place taken, and it is said once", () => {
  const directory = freshFolder();
  assert.ok(createDiskSigningGuard(directory).take("aura", key(1), [7], block(1)).ok);
  const file = join(directory, readdirSync(directory)[0]!);
  writeFileSync(file, "0x0g");
  const notices: GuardNotice[] = [];
  const guard = createDiskSigningGuard(directory, notice => notices.push(notice));
  for (let i = 0; i < 2; i++) {
    const refused = guard.take("aura", key(1), [7], block(1));
    assert.ok(!refused.ok && refused.error.code === "already-signed");
  }
  assert.ok(guard.take("aura", key(1), [8], block(1)).ok);
  assert.deepEqual(notices, [{code: "damaged", file}]);
});

test("where there is no room no part of a record is left, and the place is free when there is room", () => {
  const directory = freshFolder();
  assert.ok(createDiskSigningGuard(directory).take("aura", key(1), [7], block(1)).ok);
  const before = readdirSync(directory);
  const source = fileURLToPath(new URL("disk-signing-guard.ts", import.meta.url));
  const code = `
    import {createDiskSigningGuard} from ${JSON.stringify(source)};
    const guard = createDiskSigningGuard(${JSON.stringify(directory)});
    const taken = guard.take("aura", new Uint8Array(32).fill(1), [8], Uint8Array.of(2));
    process.stdout.write(JSON.stringify(taken));`;
  // No file of this process may grow beyond nothing: what a full disk does, without one.
  const output = execFileSync(
    "sh",
    [
      "-c",
      'ulimit -f 0; exec "$0" --import tsx --input-type=module -e "$1"',
      process.execPath,
      code,
    ],
    {encoding: "utf8"},
  );
  const {ok, error} = JSON.parse(output);
  assert.deepEqual([ok, error.code, error.reason], [false, "guard-unwritable", "EFBIG"]);
  assert.deepEqual(readdirSync(directory), before);
  assert.ok(createDiskSigningGuard(directory).take("aura", key(1), [8], block(2)).ok);
});

test("what a process that was killed was writing is swept away by the next", () => {
  const directory = freshFolder();
  assert.ok(createDiskSigningGuard(directory).take("aura", key(1), [7], block(1)).ok);
  writeFileSync(join(directory, ".unfinished-0123456789abcdef"), "0x");
  assert.ok(createDiskSigningGuard(directory).take("aura", key(1), [8], block(1)).ok);
  const contents = readdirSync(directory).map(name => readFileSync(join(directory, name), "utf8"));
  assert.deepEqual(contents, ["0x01", "0x01"]);
});
