import assert from "node:assert/strict";
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {runKhala, startKhala} from "../../support/khala-process.ts";
import {rpc} from "../../support/rpc.ts";

const folder = mkdtempSync(join(tmpdir(), "khala-keys-"));
after(() => rmSync(folder, {recursive: true, force: true}));

const PASSPHRASE = "several random words";
const BACKUP = join(folder, "backup.json");
const passphrase = join(folder, "passphrase");
writeFileSync(passphrase, `${PASSPHRASE}\n`, {mode: 0o600});
const [old, fresh] = [join(folder, "old"), join(folder, "new")];
const on = (basePath: string) => ["--chain=dev", `--base-path=${basePath}`];
const keystoreOf = (basePath: string) => join(basePath, "chains", "khala_dev", "keystore");

const ALICE =
  "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee";

test("keys are put in only if they are the ones expected", async () => {
  const wrong = await runKhala(["keys", "insert", ...on(old), `--public=${ALICE}`], {
    stdin: "//Bob\n",
  });
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /^key-mismatch: [\s\S]*expected +0xd435[\s\S]*derived +0x8eaf/);
  const right = await runKhala(["keys", "insert", ...on(old), `--public=${ALICE}`], {
    stdin: "//Alice\n",
  });
  assert.equal(right.code, 0, right.stderr);
  assert.equal(readdirSync(keystoreOf(old)).length, 2);
});

test("a secret is no argument, and a file of secrets is for its owner only", async () => {
  const words = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
  const onLine = await runKhala(["keys", "insert", ...on(old), `--suri=${words}`]);
  assert.equal(onLine.code, 2);
  assert.match(onLine.stderr, /^secret-on-command-line: /);
  assert.doesNotMatch(onLine.stderr, /bottom/);
  const open = join(folder, "open");
  writeFileSync(open, "//Carol\n", {mode: 0o644});
  const inserted = await runKhala(["keys", "insert", ...on(old), `--suri=${open}`]);
  assert.match(inserted.stderr, /^key-file-exposed: /);
  const exported = await runKhala([
    "keys",
    "export",
    ...on(old),
    `--out=${join(folder, "never.json")}`,
    `--passphrase-file=${open}`,
  ]);
  assert.match(exported.stderr, /^key-file-exposed: /);
  assert.equal(readdirSync(keystoreOf(old)).length, 2);
});

test("a backup takes keys to another machine, and what they signed last with them", async () => {
  // The old node makes blocks, so that there is something that was signed.
  const args = ["--port=0", "--rpc-port=0", "--no-prometheus", "--param=slot=200ms"];
  const node = await startKhala(["dev", `--base-path=${old}`, ...args]);
  for (let height = 0; height < 3; ) {
    const head = (await rpc(node.url, "chain_getHeader", [])) as {number: string};
    height = Number(head.number);
  }
  const running = await runKhala(["keys", "export", ...on(old), `--out=${BACKUP}`], {
    stdin: PASSPHRASE,
  });
  assert.equal(running.code, 1);
  assert.match(running.stderr, /^node-running: [\s\S]*process +\d+/);
  await node.stop();
  const exported = await runKhala([
    "keys",
    "export",
    ...on(old),
    `--out=${BACKUP}`,
    `--passphrase-file=${passphrase}`,
  ]);
  assert.equal(exported.code, 0, exported.stderr);
  const fingerprint = /fingerprint +(.*)/.exec(exported.stdout)?.[1];
  assert.equal(statSync(BACKUP).mode & 0o777, 0o600);
  assert.doesNotMatch(readFileSync(BACKUP, "utf8"), /Alice/);
  const twice = await runKhala(["keys", "export", ...on(old), `--out=${BACKUP}`], {
    stdin: PASSPHRASE,
  });
  assert.match(twice.stderr, /^file-exists: /);

  const other = await runKhala(["keys", "import", BACKUP, "--chain=local", "--yes"], {
    stdin: PASSPHRASE,
  });
  assert.match(other.stderr, /^backup-other-chain: [\s\S]*khala_dev[\s\S]*khala_local/);
  const unsure = await runKhala(["keys", "import", BACKUP, ...on(fresh)], {stdin: PASSPHRASE});
  assert.equal(unsure.code, 1);
  assert.match(unsure.stderr, /^old-node-unconfirmed: /m);
  const wrong = await runKhala(["keys", "import", BACKUP, ...on(fresh), "--yes"], {
    stdin: "not the passphrase",
  });
  assert.match(wrong.stderr, /^passphrase-wrong: /m);
  const imported = await runKhala(["keys", "import", BACKUP, ...on(fresh), "--yes"], {
    stdin: PASSPHRASE,
  });
  assert.equal(imported.code, 0, imported.stderr);
  assert.equal(/fingerprint +(.*)/.exec(imported.stderr)?.[1], fingerprint);
  assert.deepEqual(readdirSync(keystoreOf(fresh)), readdirSync(keystoreOf(old)));
  for (const file of readdirSync(keystoreOf(fresh))) {
    assert.equal(statSync(join(keystoreOf(fresh), file)).mode & 0o777, 0o600);
  }
  const signed = readdirSync(join(fresh, "chains", "khala_dev", "db", "signed"));
  assert.ok(
    signed.some(name => name.startsWith("61757261")),
    "the last slot signed is known",
  );
  const moved = await startKhala(["dev", `--base-path=${fresh}`, ...args]);
  const late = await runKhala(["keys", "import", BACKUP, ...on(fresh), "--yes"], {
    stdin: PASSPHRASE,
  });
  assert.match(late.stderr, /^node-running: /);
  for (let height = 0; height < 2; ) {
    const head = (await rpc(moved.url, "chain_getHeader", [])) as {number: string};
    height = Number(head.number);
  }
  assert.equal(await moved.stop(), 0);
});

test("what is no backup, too short a passphrase and an empty keystore are refused", async () => {
  const none = await runKhala(["keys", "import", passphrase, ...on(fresh), "--yes"]);
  assert.match(none.stderr, /^backup-malformed: /);
  const out = `--out=${join(folder, "other.json")}`;
  const short = await runKhala(["keys", "export", ...on(old), out], {stdin: "short"});
  assert.match(short.stderr, /^passphrase-short: /);
  const empty = await runKhala(["keys", "export", ...on(join(folder, "empty")), out], {
    stdin: PASSPHRASE,
  });
  assert.equal(empty.code, 1);
  const which = await runKhala(["keys", "export", out], {stdin: PASSPHRASE});
  assert.equal(which.code, 2);
  assert.match(which.stderr, /^chain-missing: /);
});
