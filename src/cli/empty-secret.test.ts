import assert from "node:assert/strict";
import {randomBytes} from "node:crypto";
import {existsSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {createPortableKeyPairs} from "#crypto";
import {createMemoryKeystore} from "#keystore";
import {DeskError} from "./desk/desk-error.ts";
import {readSigner} from "./desk/signer.ts";
import {FlagValues} from "./flags/index.ts";
import {keyInsert, keyInspect, keySign, keyVerify, type Terminal} from "./key/index.ts";
import {insertKeys} from "./keys/insert.ts";
import {keystorePlace} from "./keys/keystore-place.ts";
import {readPassphrase} from "./keys/passphrase.ts";
import {readConfiguration} from "./node/read-configuration.ts";

const directory = mkdtempSync(join(tmpdir(), "khala-empty-"));
after(() => rmSync(directory, {recursive: true}));

/** What an empty file, a failed pipe or a closed input give, and what a failed one leaves before a password. */
const NOTHING = ["", "\n", "  \n", "\t \r\n", "///password\n"];
const keystorePath = join(directory, "keystore");
const keyPairs = createPortableKeyPairs(length => new Uint8Array(randomBytes(length)));

function terminalWith(stdin: string): Terminal & {errors: string[]} {
  const errors: string[] = [];
  return {
    errors,
    stdout: () => assert.fail("nothing is made of an empty secret"),
    stderr: line => errors.push(line),
    raw: bytes => assert.fail(`${bytes.length} bytes`),
    readBytes: async () => Buffer.from(stdin),
    readStdin: async () => stdin,
  };
}

let files = 0;
function fileWith(text: string): string {
  const path = join(directory, `secret-${++files}`);
  writeFileSync(path, text, {mode: 0o600});
  return path;
}

const flags = (given: Readonly<Record<string, string>>, positional: readonly string[] = []) =>
  new FlagValues(
    new Map(Object.entries(given).map(([name, value]) => [name, [value]])),
    positional,
  );

const isRefusal = (code: string) => (error: unknown) =>
  error instanceof DeskError && error.report.code === code;

test("an empty secret makes no key in any command that takes a single one", async () => {
  for (const text of NOTHING) {
    const suri = fileWith(text);
    const runs: ((io: Terminal) => Promise<number>)[] = [
      io => keySign({message: "a"}, io),
      io => keySign({message: "a", suri}, io),
      io => keySign({message: "a", suri: text, password: "more"}, io),
      io => keyInsert({keystorePath, keyType: "aura"}, io),
      io => keyInsert({keystorePath, keyType: "gran", suri, password: "more"}, io),
      io => keyInspect({}, io),
      io => keyInspect({uri: suri}, io),
      io => keyVerify({signature: "00".repeat(64), uri: text, message: "a"}, io),
    ];
    for (const run of runs) {
      const io = terminalWith(text);
      assert.equal(await run(io), 1);
      assert.match(io.errors[0] ?? "", /^secret-(empty|invalid): /, JSON.stringify(text));
    }
  }
  assert.ok(!existsSync(keystorePath));
});

test("an empty secret registers nobody and stores no session keys", async () => {
  for (const text of NOTHING) {
    const file = fileWith(text);
    for (const [given, stdin] of [
      [{"key-file": file}, "//Alice"],
      [{suri: "-"}, text],
    ] as const) {
      await assert.rejects(
        readSigner(flags(given), terminalWith(stdin), keyPairs),
        isRefusal("secret-empty"),
      );
    }
    for (const given of [{}, {suri: "-"}, {suri: file}] as const) {
      await assert.rejects(
        insertKeys(flags({...given, "keystore-path": keystorePath}), terminalWith(text)),
        isRefusal("secret-empty"),
      );
    }
  }
  assert.ok(!existsSync(keystorePath));
});

test("a keystore takes no empty secret from a client either", () => {
  const keystore = createMemoryKeystore({keyPairs, randomBytes});
  const devPhrase = keyPairs.fromUri(
    "sr25519",
    "bottom drive obey lake curtain smoke basket hold race lonely fit walk",
  );
  assert.ok(devPhrase.ok);
  const inserted = keystore.insert("aura", "", devPhrase.value.publicKey);
  assert.deepEqual(inserted, {
    ok: false,
    error: {code: "secret-invalid", reason: {code: "uri-empty"}},
  });
});

test("an empty password or passphrase is none", async () => {
  for (const text of ["", "\n", "          \n"]) {
    const file = fileWith(text);
    const read = readConfiguration(flags({"password-filename": file}), {dev: true});
    assert.ok(!read.ok && read.error.code === "flag-invalid");
    assert.match(read.error.what, /this one is empty/);
    assert.throws(
      () => keystorePlace(flags({"password-filename": file, "keystore-path": keystorePath})),
      isRefusal("flag-invalid"),
    );
    for (const given of [{}, {"passphrase-file": file}] as const) {
      await assert.rejects(
        readPassphrase(flags(given), terminalWith(text)),
        isRefusal("passphrase-empty"),
      );
    }
  }
});
