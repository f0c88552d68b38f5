import assert from "node:assert/strict";
import {mkdtempSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {unwrap} from "#base";
import {createPortableKeyPairs} from "#crypto";
import {openDiskKeystore} from "../disk-keystore.ts";
import {createDiskSigningGuard} from "../disk-signing-guard.ts";
import {fingerprintOf, parseBackup, sealKeys, unsealKeys} from "./key-backup.ts";
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
  const text = JSON.stringify(unwrap(sealKeys(join(parent, "old"), {}, "a long passphrase")));
  const backup = unwrap(parseBackup(text));
  const fresh = open("fresh");
  assert.deepEqual(unsealKeys(backup, fresh, "another one"), {
    ok: false,
    error: {code: "passphrase-wrong"},
  });
  assert.deepEqual(readdirSync(join(parent, "fresh")), []);
  unwrap(unsealKeys(backup, fresh, "a long passphrase"));
  assert.ok(fresh.has("aura", aura) && fresh.has("gran", gran));
  assert.match(fingerprintOf(backup.keys), /^([0-9a-f]{4} ){5}[0-9a-f]{4}$/);
});

test("nothing in the file can be changed unseen, and one that asks for too much is not read", () => {
  unwrap(open("tampered").generate("aura"));
  const backup = unwrap(sealKeys(join(parent, "tampered"), {a: "0x00"}, "a long passphrase"));
  const other = open("other");
  for (const changed of [
    {...backup, signed: {}},
    {...backup, keys: []},
    {...backup, sealed: `00${backup.sealed.slice(2)}`},
  ]) {
    const result = unsealKeys(changed, other, "a long passphrase");
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
  const signed = readSigned(here);
  assert.equal(Object.keys(signed).length, 1);
  takeSigned(there, signed);
  const guard = createDiskSigningGuard(there);
  assert.equal(guard.take("aura", key, [499], Uint8Array.of(1)).ok, false);
  assert.equal(guard.take("aura", key, [500], Uint8Array.of(2)).ok, false);
  unwrap(guard.take("aura", key, [501], Uint8Array.of(2)));
  takeSigned(there, signed);
  assert.equal(guard.take("aura", key, [501], Uint8Array.of(3)).ok, false);
  assert.deepEqual(readSigned(join(parent, "nowhere")), {});
});
