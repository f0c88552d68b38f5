import assert from "node:assert/strict";
import {mkdtempSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {createDiskSigningGuard} from "./disk-signing-guard.ts";
import {createMemorySigningGuard} from "./memory-signing-guard.ts";
import type {SigningGuard} from "./signing-guard.ts";

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
  test(`a guard ${where} gives a place once, and only higher ones after it`, () => {
    const guard = create();
    const take = (place: number[], content: number) =>
      guard.take("aura", key(1), place, block(content)).ok;
    assert.equal(take([15], 1), true);
    assert.equal(take([15], 2), false);
    assert.equal(take([14], 3), false);
    assert.equal(take([16], 4), true);
    assert.equal(take([4_096], 5), true);
    assert.equal(take([16], 4), false);
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

test("a guard on disk remembers after a restart, and keeps one file a key", () => {
  const directory = freshFolder();
  for (let slot = 1; slot <= 20; slot++) {
    assert.ok(createDiskSigningGuard(directory).take("aura", key(1), [slot], block(slot)).ok);
  }
  assert.equal(readdirSync(directory).length, 1);
  const refused = createDiskSigningGuard(directory).take("aura", key(1), [20], block(99));
  assert.ok(!refused.ok && refused.error.code === "already-signed");
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
