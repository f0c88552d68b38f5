import assert from "node:assert/strict";
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {bytesToHex, unwrap} from "#base";
import {createPortableKeyPairs} from "#crypto";
import {openBackup, parseBackup, restoreKeys, sealKeys} from "./backup/key-backup.ts";
import {createDiskKeyStops} from "./disk-key-stops.ts";
import {openDiskKeystore} from "./disk-keystore.ts";
import {keyFileName} from "./key-files.ts";
import type {Keystore} from "./keystore.ts";
import {createMemoryKeystore} from "./memory-keystore.ts";

const parent = mkdtempSync(join(tmpdir(), "khala-stops-"));
after(() => rmSync(parent, {recursive: true}));
let drawn = 0;
const randomBytes = (length: number) => new Uint8Array(length).fill(++drawn);
const dependencies = {keyPairs: createPortableKeyPairs(randomBytes), randomBytes};
let folders = 0;
const freshFolder = () => join(parent, String(folders++));
const open = (directory: string) => unwrap(openDiskKeystore({directory}, dependencies));
const message = Uint8Array.of(1, 2, 3);
const STOP = {what: "two blocks for slot 7", at: 1_700_000_000_000};

const KEYSTORES: readonly [where: string, create: () => Keystore][] = [
  ["in memory", () => createMemoryKeystore(dependencies)],
  ["on disk", () => open(freshFolder())],
];

for (const [where, create] of KEYSTORES) {
  test(`${where}: a stopped key is there and signs nothing, others do, and it does once resumed`, () => {
    const keystore = create();
    const [stopped, other] = [unwrap(keystore.generate("aura")), unwrap(keystore.generate("aura"))];
    unwrap(keystore.stops.stop("aura", stopped, STOP));
    const refused = keystore.sign("aura", stopped, message);
    assert.ok(!refused.ok && refused.error.code === "key-stopped");
    assert.ok(keystore.sign("aura", other, message).ok);
    assert.ok(keystore.has("aura", stopped));
    assert.deepEqual(unwrap(keystore.signingKeys("aura")), [other]);
    assert.equal(keystore.keys("aura").length, 2);
    assert.deepEqual(unwrap(keystore.stops.all()), [
      {keyType: "aura", publicKey: stopped, ...STOP},
    ]);
    assert.equal(unwrap(keystore.stops.of("gran", stopped)), undefined);
    assert.equal(unwrap(keystore.stops.resume("aura", stopped)), true);
    assert.equal(unwrap(keystore.stops.resume("aura", stopped)), false);
    assert.ok(keystore.sign("aura", stopped, message).ok);
  });
}

test("on disk a stop outlives the process, and is one also where its file is damaged", () => {
  const directory = freshFolder();
  const key = unwrap(open(directory).generate("gran"));
  unwrap(open(directory).stops.stop("gran", key, STOP));
  assert.deepEqual(unwrap(open(directory).stops.of("gran", key)), STOP);
  for (const text of ["", "null", "{}", "{"]) {
    writeFileSync(join(directory, `${keyFileName("gran", key)}.stopped`), text);
    assert.match(unwrap(open(directory).stops.of("gran", key))!.what, /damaged/);
    assert.equal(open(directory).sign("gran", key, message).ok, false);
  }
});

test("a backup takes stops along, sealed with the rest, and one of before there were any is still read", () => {
  const [from, to, clean] = [freshFolder(), freshFolder(), freshFolder()];
  const keystore = open(from);
  const key = unwrap(keystore.generate("aura"));
  const seal = () => unwrap(sealKeys({directory: from, chain: "toy"}, {}, "a long passphrase"));
  const before = seal();
  assert.equal("stopped" in before, false);
  unwrap(keystore.stops.stop("aura", key, STOP));
  const backup = unwrap(parseBackup(JSON.stringify(seal())));
  unwrap(restoreKeys(unwrap(openBackup(backup, "a long passphrase")), open(to)));
  assert.deepEqual(unwrap(open(to).stops.of("aura", key)), STOP);
  const {stopped: _, ...without} = backup;
  assert.equal(openBackup(without, "a long passphrase").ok, false, `${bytesToHex(key)} stays so`);
  unwrap(restoreKeys(unwrap(openBackup(before, "a long passphrase")), open(clean)));
  assert.equal(unwrap(open(clean).stops.of("aura", key)), undefined);
});

test("a stop that could not be written is in force, and is written when there is room; what cannot be read is not known", () => {
  const directory = freshFolder();
  const stops = createDiskKeyStops(directory);
  const key = new Uint8Array(32).fill(5);
  assert.equal(stops.all().ok, false, "there is no folder");
  assert.equal(stops.stop("aura", key, STOP).ok, false);
  assert.deepEqual(unwrap(stops.of("aura", key)), STOP);
  mkdirSync(directory);
  assert.equal(unwrap(stops.all()).length, 1);
  assert.deepEqual(unwrap(createDiskKeyStops(directory).of("aura", key)), STOP);
});
