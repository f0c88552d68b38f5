import assert from "node:assert/strict";
import {mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {keyGenerate, keyInsert, keyInspect, keySign, keyVerify, type Terminal} from "./index.ts";

const ALICE = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
const ALICE_SEED = "0xe5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a";
const ALICE_GENERIC = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

/** Runs a command with this standard input; answers its exit code and what it said. */
async function run<Options>(
  command: (options: Options, io: Terminal) => Promise<number>,
  options: Options,
  stdin = "",
): Promise<{code: number; out: string; errors: string}> {
  const [out, errors]: [string[], string[]] = [[], []];
  const code = await command(options, {
    stdout: line => out.push(line),
    stderr: line => errors.push(line),
    readStdin: async () => stdin,
  });
  return {code, out: out.join("\n"), errors: errors.join("\n")};
}

async function withDirectory(body: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "khala-key-"));
  try {
    await body(directory);
  } finally {
    rmSync(directory, {recursive: true});
  }
}

test("a generated phrase leads, when inspected, to the account shown with it", async () => {
  for (const [scheme, words] of [
    ["sr25519", 12],
    ["ed25519", 24],
    ["ecdsa", 15],
  ] as const) {
    const generated = await run(keyGenerate, {scheme, words, outputType: "json"});
    const account = JSON.parse(generated.out);
    assert.equal(account.secretPhrase.split(" ").length, words);
    assert.equal(account.networkId, "phala");
    const inspected = await run(keyInspect, {scheme, outputType: "json"}, account.secretPhrase);
    assert.deepEqual(JSON.parse(inspected.out), account);
  }
});

test("a word count that BIP-39 has not is refused with those it has", async () => {
  const {code, errors} = await run(keyGenerate, {words: 13});
  assert.equal(code, 1);
  assert.match(errors, /12, 15, 18, 21, 24/);
});

test("inspecting //Alice shows what subkey shows", async () => {
  const {code, out} = await run(keyInspect, {uri: "//Alice", network: 42});
  assert.equal(code, 0);
  assert.equal(
    out,
    [
      "Secret Key URI `//Alice` is account:",
      "  Network ID:        substrate",
      `  Secret seed:       ${ALICE_SEED}`,
      `  Public key (hex):  ${ALICE}`,
      `  Account ID:        ${ALICE}`,
      `  Public key (SS58): ${ALICE_GENERIC}`,
      `  SS58 Address:      ${ALICE_GENERIC}`,
    ].join("\n"),
  );
});

test("an address or a public key shows its public half, and no secret", async () => {
  const address = await run(keyInspect, {uri: ALICE_GENERIC});
  const publicKey = await run(keyInspect, {uri: ALICE, public: true, network: 42});
  assert.equal(address.out, publicKey.out);
  assert.match(address.out, /substrate/);
  assert.doesNotMatch(address.out, /Secret/);
});

test("64 hex digits are a seed unless they are said to be public", async () => {
  const {out} = await run(keyInspect, {uri: ALICE_SEED});
  assert.match(out, new RegExp(ALICE));
});

test("an inserted key is in the keystore and not in what is printed", async () => {
  await withDirectory(async directory => {
    const keystorePath = join(directory, "keystore");
    const inserted = await run(keyInsert, {keystorePath, keyType: "aura"}, "//Alice\n");
    assert.deepEqual(inserted, {code: 0, out: ALICE, errors: ""});
    const suri = join(directory, "secret.txt");
    writeFileSync(suri, "//Alice//stash\n");
    assert.equal((await run(keyInsert, {keystorePath, keyType: "gran", suri})).code, 0);
    assert.deepEqual(
      readdirSync(keystorePath).map(name => name.slice(0, 8)),
      ["61757261", "6772616e"],
    );
  });
});

test("an insert that cannot be right is refused before anything is written", async () => {
  await withDirectory(async directory => {
    const keystorePath = join(directory, "keystore");
    const refusals = [
      await run(keyInsert, {keystorePath, keyType: "babe"}, "//Alice"),
      await run(keyInsert, {keystorePath, keyType: "aura", scheme: "ed25519"}, "//Alice"),
      await run(keyInsert, {keystorePath, keyType: "gran"}, "//Alice/soft-secret"),
    ];
    assert.deepEqual(
      refusals.map(refusal => [refusal.code, refusal.errors.split(":")[0]]),
      [
        [1, "key-type-unknown"],
        [1, "scheme-mismatch"],
        [1, "secret-invalid"],
      ],
    );
    assert.doesNotMatch(refusals[2]!.errors, /soft-secret/);
    assert.deepEqual(readdirSync(directory), []);
  });
});

test("what one command signs another verifies, in every scheme and spelling", async () => {
  for (const scheme of ["sr25519", "ed25519", "ecdsa"] as const) {
    const {out: signature} = await run(keySign, {suri: "//Alice", scheme}, "hello");
    const inspected = await run(keyInspect, {uri: "//Alice", scheme, outputType: "json"});
    const {publicKey, ss58PublicKey} = JSON.parse(inspected.out);
    for (const uri of ["//Alice", publicKey, ss58PublicKey]) {
      const verified = await run(keyVerify, {signature, uri, scheme}, "hello");
      assert.deepEqual(verified, {code: 0, out: "Signature verifies correctly.", errors: ""});
    }
    const hex = {signature: signature.slice(2), uri: publicKey, scheme, hex: true};
    assert.equal((await run(keyVerify, hex, "68656c6c6f\n")).code, 0);
    assert.equal((await run(keyVerify, {...hex, message: "0x00"})).code, 1);
    assert.equal((await run(keyVerify, {...hex, message: "hello"})).code, 1);
  }
});

test("a secret and a message cannot share standard input", async () => {
  const {code, errors} = await run(keySign, {}, "//Alice");
  assert.equal(code, 1);
  assert.match(errors, /input-ambiguous/);
  assert.equal((await run(keySign, {message: "hello"}, "//Alice")).code, 0);
});
