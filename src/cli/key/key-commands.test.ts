import assert from "node:assert/strict";
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {
  generateNodeKey,
  inspectNodeKey,
  keyGenerate,
  keyInsert,
  keyInspect,
  keySign,
  keyVerify,
  networkOf,
  type Terminal,
} from "./index.ts";

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
    raw: bytes => assert.fail(`${bytes.length} bytes`),
    readBytes: async () => Buffer.from(stdin),
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
  assert.equal(code, 2);
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
      await run(keyInsert, {keystorePath, keyType: "zzzz"}, "//Alice"),
      await run(keyInsert, {keystorePath, keyType: "aura", scheme: "ecdsa"}, "//Alice"),
      await run(keyInsert, {keystorePath, keyType: "gran"}, "//Alice/soft-secret"),
    ];
    assert.deepEqual(
      refusals.map(refusal => [refusal.code, refusal.errors.split(":")[0]]),
      [
        [2, "key-type-unknown"],
        [2, "scheme-mismatch"],
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
  assert.equal(code, 2);
  assert.match(errors, /input-ambiguous/);
  assert.equal((await run(keySign, {message: "hello"}, "//Alice")).code, 0);
});

test("a network is named as the registry names it, in whatever letters, or by its prefix", () => {
  for (const [text, prefix] of [
    ["polkadot", 0],
    ["Kusama", 2],
    ["PHALA", 30],
    ["khala", 30],
    ["substrate", 42],
    ["30", 30],
    ["16383", 16_383],
  ] as const) {
    assert.equal(networkOf(text), prefix);
  }
  for (const text of [
    "",
    "16384",
    "-1",
    "46",
    "47",
    "reserved46",
    "mythos",
    "polkadt",
    "1e2",
    "0x1e",
  ]) {
    assert.equal(networkOf(text), undefined, text);
  }
});

/** As `run`, with the bytes that go to standard output and come from standard input. */
async function runBytes<Options>(
  command: (options: Options, io: Terminal) => Promise<number>,
  options: Options,
  stdin: Uint8Array = new Uint8Array(0),
) {
  const [out, errors]: [string[], string[]] = [[], []];
  let bytes = Buffer.alloc(0);
  const code = await command(options, {
    stdout: line => out.push(line),
    stderr: line => errors.push(line),
    raw(written) {
      bytes = Buffer.concat([bytes, written]);
    },
    readBytes: async () => stdin,
    readStdin: async () => Buffer.from(stdin).toString(),
  });
  return {code, out: out.join("\n"), errors: errors.join("\n"), bytes};
}

test("a node key is made and looked at as Substrate's nodes do it", async () => {
  await withDirectory(async directory => {
    const made = await runBytes(generateNodeKey, {});
    assert.match(String(made.bytes), /^[0-9a-f]{64}$/);
    assert.match(made.errors, /^12D3KooW\w{44}$/);
    assert.deepEqual([made.code, made.out], [0, ""]);
    assert.equal((await runBytes(inspectNodeKey, {}, made.bytes)).out, made.errors);
    const spaced = Buffer.from(` 0x${made.bytes}\n`);
    assert.equal((await runBytes(inspectNodeKey, {}, spaced)).out, made.errors);

    const file = join(directory, "key");
    const binary = await runBytes(generateNodeKey, {file, bin: true});
    assert.equal(readFileSync(file).length, 32);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(binary.bytes.length, 0);
    assert.equal((await runBytes(inspectNodeKey, {file, bin: true})).out, binary.errors);

    const place = join(directory, "chains", "khala_dev", "network", "secret_ed25519");
    const kept = await runBytes(generateNodeKey, {place});
    assert.equal(kept.code, 0);
    const again = await runBytes(generateNodeKey, {place});
    assert.equal(again.code, 1);
    assert.match(again.errors, /^node-key-exists: /);
    const {out} = await runBytes(inspectNodeKey, {file: place});
    assert.ok(kept.errors.endsWith(out));
  });
});

test("the key of the specification's first node has the peer id that everybody knows it by", async () => {
  const {out} = await runBytes(inspectNodeKey, {}, Buffer.from(`${"0".repeat(63)}1`));
  assert.equal(out, "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp");
});

test("what is no node key is refused, nothing at all among it", async () => {
  for (const text of ["", "\n", "ab", "zz".repeat(32), "00".repeat(33)]) {
    const {code, errors, out} = await runBytes(inspectNodeKey, {}, Buffer.from(text));
    assert.deepEqual([code, out], [1, ""]);
    assert.match(errors, /^node-key-invalid: /);
  }
  assert.equal((await runBytes(inspectNodeKey, {bin: true}, Buffer.alloc(31))).code, 1);
});
