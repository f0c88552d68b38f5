import assert from "node:assert/strict";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {bytesToHex, unwrap} from "#base";
import {
  createPortableKeyPairs,
  createPortableSignatureVerifier,
  type RandomBytes,
  WELL_KNOWN_ACCOUNTS,
} from "#crypto";
import {openDiskKeystore} from "./disk-keystore.ts";
import type {Keystore} from "./keystore.ts";
import {describeKeystoreFailure} from "./keystore-failure.ts";
import {createMemoryKeystore} from "./memory-keystore.ts";

let drawn = 0;
const randomBytes: RandomBytes = length => new Uint8Array(length).fill(++drawn);
const dependencies = {keyPairs: createPortableKeyPairs(randomBytes), randomBytes};
const signatures = createPortableSignatureVerifier();
const [alice, , bob] = WELL_KNOWN_ACCOUNTS as [
  (typeof WELL_KNOWN_ACCOUNTS)[0],
  unknown,
  (typeof WELL_KNOWN_ACCOUNTS)[0],
];
const MESSAGE = Uint8Array.of(1, 2, 3);

function withDirectory(body: (directory: string) => void): void {
  const parent = mkdtempSync(join(tmpdir(), "khala-keystore-"));
  try {
    body(join(parent, "keystore"));
  } finally {
    rmSync(parent, {recursive: true});
  }
}

const open = (directory: string, password?: string) =>
  openDiskKeystore({directory, password}, dependencies);

function onEach(name: string, body: (create: (password?: string) => Keystore) => void): void {
  test(`in memory: ${name}`, () => {
    body(password => createMemoryKeystore(dependencies, password === undefined ? {} : {password}));
  });
  test(`on disk: ${name}`, () => {
    withDirectory(directory => {
      body(password => unwrap(open(directory, password)));
    });
  });
}

onEach("an inserted key is listed, held and signs", create => {
  const keystore = create();
  unwrap(keystore.insert("aura", "//Bob", bob.sr25519));
  unwrap(keystore.insert("aura", "//Alice", alice.sr25519));
  unwrap(keystore.insert("gran", "//Alice", alice.ed25519));
  assert.deepEqual(keystore.keys("aura"), [bob.sr25519, alice.sr25519]);
  assert.deepEqual(keystore.keys("gran"), [alice.ed25519]);
  assert.ok(keystore.has("gran", alice.ed25519));
  assert.ok(!keystore.has("aura", alice.ed25519));
  const sr25519 = unwrap(keystore.sign("aura", alice.sr25519, MESSAGE));
  assert.ok(signatures.verify("sr25519", sr25519, MESSAGE, alice.sr25519));
  const ed25519 = unwrap(keystore.sign("gran", alice.ed25519, MESSAGE));
  assert.ok(signatures.verify("ed25519", ed25519, MESSAGE, alice.ed25519));
});

onEach("a generated key is new each time, and signs", create => {
  const keystore = create();
  const [first, second] = [unwrap(keystore.generate("aura")), unwrap(keystore.generate("aura"))];
  assert.notDeepEqual(first, second);
  assert.equal(keystore.keys("aura").length, 2);
  const signature = unwrap(keystore.sign("aura", second, MESSAGE));
  assert.ok(signatures.verify("sr25519", signature, MESSAGE, second));
});

onEach("a secret of another key is refused, with both keys in the failure", create => {
  const keystore = create();
  assert.deepEqual(keystore.insert("aura", "//Alice", bob.sr25519), {
    ok: false,
    error: {
      code: "key-mismatch",
      keyType: "aura",
      given: bytesToHex(bob.sr25519),
      derived: bytesToHex(alice.sr25519),
    },
  });
  assert.deepEqual(keystore.keys("aura"), []);
});

onEach("a secret that is none is refused without repeating it", create => {
  const result = create().insert("gran", "//Alice/softly-secret", alice.ed25519);
  assert.ok(!result.ok);
  assert.equal(result.error.code, "secret-invalid");
  assert.ok(!describeKeystoreFailure(result.error).includes("softly"));
});

onEach("a key that is not there cannot sign", create => {
  assert.deepEqual(create().sign("aura", alice.sr25519, MESSAGE), {
    ok: false,
    error: {code: "key-not-found", keyType: "aura", publicKey: bytesToHex(alice.sr25519)},
  });
});

onEach("the store's password is part of every key", create => {
  const keystore = create("sesame");
  const result = keystore.insert("aura", "//Alice", alice.sr25519);
  assert.ok(!result.ok && result.error.code === "key-mismatch");
  const key = unwrap(dependencies.keyPairs.fromUri("sr25519", "//Alice///sesame")).publicKey;
  unwrap(keystore.insert("aura", "//Alice", key));
  unwrap(keystore.sign("aura", key, MESSAGE));
});

const ALICE_FILE = `61757261${bytesToHex(alice.sr25519).slice(2)}`;

test("on disk the layout is Substrate's, and only the owner can read it", () => {
  withDirectory(directory => {
    unwrap(unwrap(open(directory)).insert("aura", "//Alice", alice.sr25519));
    assert.deepEqual(readdirSync(directory), [ALICE_FILE]);
    assert.equal(readFileSync(join(directory, ALICE_FILE), "utf8"), '"//Alice"');
    assert.equal(statSync(directory).mode & 0o777, 0o700);
    assert.equal(statSync(join(directory, ALICE_FILE)).mode & 0o777, 0o600);
  });
});

test("a key outlives the keystore that wrote it, and one put there by others is found", () => {
  withDirectory(directory => {
    const first = unwrap(open(directory));
    const key = unwrap(first.generate("aura"));
    const second = unwrap(open(directory));
    assert.deepEqual(second.keys("aura"), [key]);
    unwrap(first.insert("aura", "//Alice", alice.sr25519));
    unwrap(second.sign("aura", alice.sr25519, MESSAGE));
    rmSync(join(directory, ALICE_FILE));
    const gone = second.sign("aura", alice.sr25519, MESSAGE);
    assert.ok(!gone.ok && gone.error.code === "key-not-found");
  });
});

function refusalOf(content: string, mode: number, password?: string) {
  let refusal: ReturnType<typeof open> | undefined;
  withDirectory(directory => {
    unwrap(open(directory));
    const file = join(directory, ALICE_FILE);
    writeFileSync(file, content);
    chmodSync(file, mode);
    refusal = open(directory, password);
  });
  assert.ok(refusal !== undefined && !refusal.ok);
  const said = describeKeystoreFailure(refusal.error);
  assert.ok(said.includes(ALICE_FILE), said);
  assert.ok(!said.includes("secret words"), said);
  return refusal.error.code;
}

test("a bad key file is refused by name, and its content is not told", () => {
  assert.equal(refusalOf('"//Alice"', 0o640), "key-file-exposed");
  assert.equal(refusalOf('"//Alice"', 0o604), "key-file-exposed");
  assert.equal(refusalOf("secret words", 0o600), "key-file-corrupt");
  assert.equal(refusalOf('["secret words"]', 0o600), "key-file-corrupt");
  assert.equal(refusalOf('"secret words"', 0o600), "key-file-corrupt");
  assert.equal(refusalOf('"//Bob"', 0o600), "key-file-mismatch");
  assert.equal(refusalOf('"//Alice"', 0o600, "sesame"), "key-file-mismatch");
});

test("files that are no keys of ours are left alone", () => {
  withDirectory(directory => {
    const keystore = unwrap(open(directory));
    writeFileSync(join(directory, "README"), "hello");
    writeFileSync(join(directory, `62616265${"00".repeat(32)}`), '"another type"');
    writeFileSync(join(directory, "6175726100"), '"too short"');
    unwrap(open(directory));
    assert.deepEqual(keystore.keys("aura"), []);
  });
});

test("a folder that cannot be made is a failure with the system's reason", () => {
  withDirectory(directory => {
    unwrap(open(directory));
    writeFileSync(join(directory, "file"), "");
    const result = open(join(directory, "file", "keystore"));
    assert.deepEqual(result, {
      ok: false,
      error: {
        code: "key-file-unwritable",
        file: join(directory, "file", "keystore"),
        reason: "ENOTDIR",
      },
    });
  });
});
