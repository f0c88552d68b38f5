import assert from "node:assert/strict";
import {mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {unwrap} from "#base";
import {createPortableKeyPairs} from "#crypto";
import {openDiskKeystore} from "../disk-keystore.ts";
import {createDiskSigningGuard} from "../disk-signing-guard.ts";
import {fingerprintOf, openBackup, parseBackup, restoreKeys, sealKeys} from "./key-backup.ts";
import {readSigned, takeSigned} from "./signed-record.ts";

const parent = mkdtempSync(join(tmpdir(), "khala-backup-"));
after(() => rmSync(parent, {recursive: true}));
let drawn = 0;
const randomBytes = (length: number) => new Uint8Array(length).fill(++drawn);
const open = (name: string) =>
  unwrap(
    openDiskKeystore(
      {directory: join(parent, name)},
      {keyPairs: createPortableKeyPairs(randomBytes), randomBytes},
    ),
  );

test("keys that were sealed come out elsewhere as they were, for who knows the passphrase", () => {
  const old = open("old");
  const aura = unwrap(old.generate("aura"));
  const gran = unwrap(old.generate("gran"));
  const text = JSON.stringify(
    unwrap(sealKeys({directory: join(parent, "old"), chain: "toy"}, {}, "a long passphrase")),
  );
  const backup = unwrap(parseBackup(text));
  assert.deepEqual(openBackup(backup, "another one"), {
    ok: false,
    error: {code: "passphrase-wrong"},
  });
  const fresh = open("fresh");
  unwrap(restoreKeys(unwrap(openBackup(backup, "a long passphrase")), fresh));
  assert.ok(fresh.has("aura", aura) && fresh.has("gran", gran));
  assert.match(fingerprintOf(backup.keys), /^([0-9a-f]{4} ){5}[0-9a-f]{4}$/);
});

test("nothing in the file can be changed unseen, and one that asks for too much is not read", () => {
  unwrap(open("tampered").generate("aura"));
  const backup = unwrap(
    sealKeys({directory: join(parent, "tampered"), chain: "toy"}, {a: "0x00"}, "a long passphrase"),
  );
  for (const changed of [
    {...backup, signed: {}},
    {...backup, keys: []},
    {...backup, chain: "other"},
    {...backup, sealed: `00${backup.sealed.slice(2)}`},
  ]) {
    const result = openBackup(changed, "a long passphrase");
    assert.ok(!result.ok && result.error.code === "passphrase-wrong");
  }
  const huge = {...backup, derivation: {...backup.derivation, n: 2 ** 30}};
  for (const text of [JSON.stringify(huge), "null", "[]", "{}", "not JSON"]) {
    assert.deepEqual(parseBackup(text), {ok: false, error: {code: "backup-malformed"}});
  }
});

test("what was signed last moves along, and never takes back what was signed since", () => {
  const key = new Uint8Array(32).fill(7);
  const [here, there] = [join(parent, "signed-here"), join(parent, "signed-there")];
  unwrap(createDiskSigningGuard(here).take("aura", key, [500], Uint8Array.of(1)));
  const signed = unwrap(readSigned(here));
  assert.equal(Object.keys(signed).length, 1);
  unwrap(takeSigned(there, signed));
  const guard = createDiskSigningGuard(there);
  assert.equal(guard.take("aura", key, [499], Uint8Array.of(1)).ok, false);
  assert.equal(guard.take("aura", key, [500], Uint8Array.of(2)).ok, false);
  unwrap(guard.take("aura", key, [501], Uint8Array.of(2)));
  unwrap(takeSigned(there, signed));
  assert.equal(guard.take("aura", key, [501], Uint8Array.of(3)).ok, false);
  const damaged = join(parent, "signed-damaged");
  const elsewhere = join(parent, "signed-elsewhere");
  unwrap(createDiskSigningGuard(damaged).take("aura", key, [600], Uint8Array.of(1)));
  writeFileSync(join(damaged, readdirSync(damaged)[0]!), "0x0g");
  unwrap(takeSigned(elsewhere, unwrap(readSigned(damaged))));
  const unknown = createDiskSigningGuard(elsewhere).take("aura", key, [600], Uint8Array.of(1));
  assert.equal(unknown.ok, false, "a place that is taken by nobody knows what stays taken");
  assert.deepEqual(readSigned(join(parent, "nowhere")), {ok: true, value: {}});
  const file = join(parent, "no-folder");
  writeFileSync(file, "");
  const [unread, untaken] = [readSigned(file), takeSigned(file, signed)];
  assert.ok(!unread.ok && unread.error.code === "guard-unreadable");
  assert.ok(!untaken.ok && untaken.error.code === "guard-unwritable");
});
