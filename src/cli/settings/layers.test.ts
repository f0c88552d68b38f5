import assert from "node:assert/strict";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {unwrap} from "#base";
import {parseFlags} from "../flags/index.ts";
import {NODE_FLAGS} from "../node/node-flags.ts";
import {type Layers, layer} from "./layers.ts";

const folder = mkdtempSync(join(tmpdir(), "khala-config-"));
after(() => rmSync(folder, {recursive: true, force: true}));
const file = join(folder, "khala.toml");

async function layersOf(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  toml?: string,
): Promise<Layers> {
  if (toml !== undefined) writeFileSync(file, toml);
  const all = toml === undefined ? args : [...args, `--config=${file}`];
  return unwrap(await layer(unwrap(parseFlags(all, NODE_FLAGS)), NODE_FLAGS, environment));
}

test("a flag goes before the environment, that before the file, that before the default", async () => {
  const toml = 'name = "file"\nport = 1\n[rpc]\nport = 2\nmax-connections = 3\n';
  const environment = {KHALA_PORT: "10", KHALA_RPC_PORT: "20", PATH: "/bin"};
  const {values, originOf} = await layersOf(["--rpc-port=200"], environment, toml);
  assert.deepEqual(
    ["name", "port", "rpc-port", "rpc-max-connections", "seal"].map(name => [
      values.one(name),
      originOf(name).kind,
    ]),
    [
      ["file", "file"],
      ["10", "environment"],
      ["200", "flag"],
      ["3", "file"],
      [undefined, "default"],
    ],
  );
});

test("switches and lists are read in each place's own way, and a switch can be turned off again", async () => {
  const toml = 'collator = true\nrpc-external = true\nbootnodes = ["/a", "/b"]\nlog = "info"\n';
  const environment = {KHALA_RPC_EXTERNAL: "false", KHALA_FORCE_AUTHORING: "1", KHALA_NAME: ""};
  const {values, faults} = await layersOf([], environment, toml);
  assert.deepEqual(faults, []);
  assert.deepEqual(
    ["collator", "rpc-external", "force-authoring", "name"].map(name => values.has(name)),
    [true, false, true, false],
  );
  assert.deepEqual(values.many("bootnodes"), ["/a", "/b"]);
  assert.deepEqual(values.many("log"), ["info"]);
  const listed = await layersOf(["--log=debug"], {KHALA_BOOTNODES: "/c,/d"}, toml);
  assert.deepEqual(listed.values.many("bootnodes"), ["/c", "/d"]);
  assert.deepEqual(listed.values.many("log"), ["debug"]);
});

test("all that is wrong is told, with the name that was meant", async () => {
  const toml = 'colator = true\nport = true\ncollator = "yes"\nname = ["a"]\n[rpc]\nprot = 1\n';
  const {faults, unknown} = await layersOf([], {KHALA_RCP_PORT: "1", KHALA_TMP: "maybe"}, toml);
  assert.deepEqual(
    faults.map(({key, what, todo}) => [key, what, todo]).sort(),
    [
      ["KHALA_TMP", "expected true or false", "KHALA_TMP=true"],
      ["colator", "there is no such setting", "did you mean collator?"],
      ["collator", "expected true or false", faults.find(({key}) => key === "collator")!.todo],
      ["name", "expected one value: NAME", faults.find(({key}) => key === "name")!.todo],
      ["port", "expected one value: PORT", faults.find(({key}) => key === "port")!.todo],
      ["rpc.prot", "there is no such setting", "did you mean rpc-port?"],
    ].sort(),
  );
  assert.deepEqual(unknown, [
    {
      key: "KHALA_RCP_PORT",
      what: "there is no such setting",
      todo: "did you mean KHALA_RPC_PORT?",
    },
  ]);
});

test("a file that is no TOML, or is not there, is refused without repeating what is in it", async () => {
  writeFileSync(file, 'node-key = "secret words\n');
  const flags = (path: string) => unwrap(parseFlags([`--config=${path}`], NODE_FLAGS));
  const broken = await layer(flags(file), NODE_FLAGS, {});
  assert.ok(!broken.ok && broken.error.code === "config-unreadable");
  assert.doesNotMatch(JSON.stringify(broken.error), /secret words/);
  assert.match(JSON.stringify(broken.error), /line 1/);
  const missing = await layer(flags(join(folder, "none.toml")), NODE_FLAGS, {});
  assert.ok(!missing.ok && missing.error.code === "config-unreadable");
});
