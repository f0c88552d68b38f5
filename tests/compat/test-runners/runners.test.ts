import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {after, before, test} from "node:test";
import {fileURLToPath} from "node:url";
import {installPacked, toolOf} from "../../support/packed-package.ts";

const HERE = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "khala-runners-"));
after(() => rmSync(folder, {recursive: true, force: true}));

/** A package that a folder of tests beside this one brings, put where the example looks for it. */
function lend(client: string, name: string): void {
  const place = join(folder, "node_modules", name);
  mkdirSync(dirname(place), {recursive: true});
  symlinkSync(join(HERE, "..", client, "node_modules", name), place);
}

before(() => {
  const home = installPacked(folder);
  cpSync(join(home, "docs", "examples", "dapp"), folder, {recursive: true});
  for (const name of ["vitest", "jest"]) lend("test-runners", name);
  for (const name of ["polkadot-api", "@polkadot-labs/hdkd", "@polkadot-labs/hdkd-helpers"]) {
    lend("polkadot-api", name);
  }
  lend("polkadot-js", "@polkadot/api");
});

/** More than the runners' own, which a busy machine may need for a chain to come up. */
const PATIENT = "--testTimeout=120000";

/** As somebody would type it there: nothing of how these tests are run is handed down. */
function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const {NODE_OPTIONS, NODE_TEST_CONTEXT, ...own} = process.env;
  const {status, stdout, stderr} = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: "utf8",
    env: {...own, ...env, NO_COLOR: "1"},
    timeout: 500_000,
  });
  return {status, output: `${stdout}\n${stderr}`};
}

const vitest = (...args: readonly string[]) =>
  run(["node_modules/vitest/vitest.mjs", "run", PATIENT, ...args]);

test("the example of a dApp runs with vitest, with polkadot-api and with polkadot.js", () => {
  const {status, output} = vitest("test");
  assert.equal(status, 0, output);
  assert.match(output, /Tests {2}4 passed \(4\)/);
});

const OF_CLIENTS = "--noEmit --strict --module nodenext --target es2022 --skipLibCheck";
/** What the clients' own types do not bear. */
const STRICTEST =
  "--exactOptionalPropertyTypes --noUncheckedIndexedAccess --noPropertyAccessFromIndexSignature";

const compile = (options: string, ...files: readonly string[]) =>
  run([
    toolOf("typescript", "bin", "tsc"),
    ...options.split(" "),
    ..."--lib es2022,esnext.disposable --types node --typeRoots".split(" "),
    toolOf("@types"),
    ...files,
  ]);

test("its types hold, and the kit's own at TypeScript's strictest", () => {
  writeFileSync(
    join(folder, "kit.ts"),
    `import {call, costsOf, startChain, startChainServer, type TestChain} from "khala/testing";
import {khala as forJest} from "khala/testing/jest";
import {khala as forNode} from "khala/testing/node";
export const chains: readonly (() => Promise<TestChain>)[] = [forJest(), forNode({seal: "manual"})];
export async function all(): Promise<number> {
  await using chain = await startChain({accounts: ["zoe"], parameters: {session: 10}});
  await using server = await startChainServer({most: 4});
  const sent = await chain.submit("zoe", call("System.remark", {remark: "0x00"}));
  sent.expectSuccess();
  sent.trace(3);
  costsOf(import.meta.url, {tolerance: 2}).expect({remark: sent});
  chain.at().call("AuraApi.authorities");
  return sent.block + server.paths.length;
}
`,
  );
  const kit = compile(`${OF_CLIENTS} ${STRICTEST}`, "kit.ts");
  assert.equal(kit.status, 0, kit.output);
  const example = compile(
    OF_CLIENTS,
    "test/transfer.papi.test.ts",
    "test/candidacy.polkadot-js.test.ts",
  );
  assert.equal(example.status, 0, example.output);
});

test("with a chain's names a misspelt one does not compile", () => {
  const printed = run(["node_modules/khala/bin/khala.js", "types"]);
  assert.equal(printed.status, 0, printed.output);
  writeFileSync(join(folder, "khala-names.d.ts"), printed.output);
  writeFileSync(
    join(folder, "named.ts"),
    `import {call, startChain} from "khala/testing";
await using chain = await startChain();
const at = chain.at();
call("Balances.transfer_keep_alive", {dest: "bob", value: 5n});
at.storage("System.Account", "alice");
at.events("Balances");
at.events("Balances.Transfer");
at.constant("Balances.ExistentialDeposit");
at.call("AuraApi.authorities");
at.call("AuraApi_authorities");
const paid = await chain.submit("alice", call("System.remark", {remark: "0x00"}));
paid.expectEvent("System.ExtrinsicSuccess");
// @ts-expect-error: there is no such error.
paid.expectError("Balances.InsufficientBalanc");
// @ts-expect-error: there is no such runtime call.
at.call("AuraApi.authoritys");
// @ts-expect-error: there is no such call.
call("Balances.transfer_kep_alive");
// @ts-expect-error: nor such an item.
at.storage("System.Acount");
// @ts-expect-error: nor such an event,
at.events("Balances.Transferred");
// @ts-expect-error: pallet
at.events("Balance");
// @ts-expect-error: or constant.
at.constant("Balances.Existential");
`,
  );
  const {status, output} = compile(`${OF_CLIENTS} ${STRICTEST}`, "named.ts", "khala-names.d.ts");
  assert.equal(status, 0, output);
});

test("a test that leaves a client connected fails, and no other; one that is skipped starts nothing", () => {
  writeFileSync(
    join(folder, "leak.test.ts"),
    `import {khala} from "khala/testing/vitest";
import {test} from "vitest";
const it = khala(test);
it("leaks", async ({chain}) => {
  const socket = new WebSocket(chain.url);
  await new Promise(resolve => socket.addEventListener("open", resolve));
});
it("does not", async ({chain}) => {
  await chain.mine();
});
const port = khala(test, {port: 1});
port.skip("would need a port that nobody may have", async ({chain}) => {
  await chain.mine();
});
`,
  );
  const {status, output} = vitest("leak.test.ts");
  assert.equal(status, 1, output);
  assert.match(output, /a client that it made is still connected: disconnect, or make it outside/);
  assert.match(output, /Tests {2}1 failed \| 1 passed \| 1 skipped \(3\)/);
});

test("jest has the same by its hooks", () => {
  mkdirSync(join(folder, "jest"));
  writeFileSync(
    join(folder, "jest", "pay.test.js"),
    `import {call} from "khala/testing";
import {khala} from "khala/testing/jest";
const chain = khala();
for (const time of ["once", "and as it began"]) {
  test(time, async () => {
    const {submit, at} = await chain().then(one => ({
      submit: call => one.submit("alice", call),
      at: () => one.at(),
    }));
    const paid = await submit(call("Balances.transfer_keep_alive", {dest: "bob", value: 5n}));
    expect([paid.block, at().number]).toEqual([1, 1]);
  });
}
`,
  );
  const {status, output} = run(["node_modules/jest/bin/jest.js", PATIENT, "jest"], {
    NODE_OPTIONS: "--experimental-vm-modules",
  });
  assert.equal(status, 0, output);
  assert.match(output, /Tests: +2 passed, 2 total/);
});

/** The same test for each runner: one that holds what it costs, one that fails. */
const TRACED = `import {call, costsOf} from "khala/testing";
const costs = costsOf(import.meta.url);
IT("costs what it did", async CHAIN => {
  const paid = await (await chain()).submit("alice", call("Balances.transfer_keep_alive", {dest: "bob", value: 5n}));
  costs.expect({"a payment": paid});
});
IT("fails over something else", async CHAIN => {
  await (await chain()).submit("bob", call("Sudo.set_key", {new: "bob"}));
  throw new Error("not as it should be");
});
`;

const RUNNERS = {
  vitest: {
    head: `import {khala} from "khala/testing/vitest";
import {test} from "vitest";
const it = khala(test);
`,
    body: TRACED.replaceAll("IT(", "it(")
      .replaceAll("CHAIN", "({chain})")
      .replaceAll("await chain()", "chain"),
    run: (file: string, env: Readonly<Record<string, string>>) =>
      run(["node_modules/vitest/vitest.mjs", "run", PATIENT, file], env),
  },
  jest: {
    head: 'import {khala} from "khala/testing/jest";\nconst chain = khala();\n',
    body: TRACED.replaceAll("IT(", "test(").replaceAll("CHAIN", "()"),
    run: (file: string, env: Readonly<Record<string, string>>) =>
      run(["node_modules/jest/bin/jest.js", PATIENT, file], {
        ...env,
        NODE_OPTIONS: "--experimental-vm-modules",
      }),
  },
  node: {
    head: `import {test} from "node:test";
import {khala} from "khala/testing/node";
const chain = khala();
`,
    body: TRACED.replaceAll("IT(", "test(").replaceAll("CHAIN", "()"),
    run: (file: string, env: Readonly<Record<string, string>>) => run(["--test", file], env),
  },
};

for (const [runner, {head, body, run: runIt}] of Object.entries(RUNNERS)) {
  test(`with ${runner} costs are held to a committed file, and what fails tells what its transactions did`, () => {
    const home = join(folder, `traced-${runner}`);
    const file = join(`traced-${runner}`, "traced.test.js");
    mkdirSync(home);
    writeFileSync(join(folder, file), head + body);
    const costs = join(home, "__costs__", "traced.test.json");
    const inCi = runIt(file, {CI: "true"});
    assert.match(inCi.output, /traced\.test\.json does not have a payment/);
    assert.equal(existsSync(costs), false);
    const silent = runIt(file, {CI: ""});
    assert.equal(silent.status, 1, silent.output);
    assert.doesNotMatch(silent.output, /RequireSudo/);
    const known = readFileSync(costs, "utf8");
    assert.match(known, /^\{\n {2}"a payment": \{"refTime": \d+, "proofSize": \d+\}\n\}\n$/);
    const traced = runIt(file, {CI: "true", KHALA_TRACE: "2"});
    assert.match(
      traced.output,
      /✗ Sudo\.set_key by bob \(block 1, extrinsic 1\)\n.*error {4}Sudo\.RequireSudo[\s\S]*events\n.*Balances\.Withdraw/,
    );
    assert.doesNotMatch(traced.output, /does not have|not as in/);
    writeFileSync(costs, known.replace(/"refTime": \d+/, '"refTime": 100000000'));
    const changed = runIt(file, {CI: "true"});
    assert.match(changed.output, /a payment +ref time, ps +100_000_000 +\d+_\d+_\d+ +\+\d+\.\d %/);
    runIt(file, {CI: "true", KHALA_UPDATE_COSTS: "1"});
    assert.equal(readFileSync(costs, "utf8"), known);
  });
}
