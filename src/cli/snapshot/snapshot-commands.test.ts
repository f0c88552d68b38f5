import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {unwrap} from "#base";
import {exportSnapshot} from "#snapshot";
import {devSpec, madeUpSource} from "../../node/snapshots/snapshot-for-tests.ts";
import {parseFlags} from "../flags/index.ts";
import {recordedTerminal} from "../test-kit/recorded-terminal.ts";
import {snapshotCommands} from "./index.ts";

const root = mkdtempSync(join(tmpdir(), "khala-snapshot-commands-"));
after(() => rmSync(root, {recursive: true}));
const all = join(root, "all");
const whole = join(all, "a-whole");
const manifest = unwrap(await exportSnapshot(await madeUpSource(20_000), whole));

/** Runs a command; gives its exit code and what it wrote. */
async function khala(name: string, ...args: string[]) {
  const command = snapshotCommands.find(each => each.name === `snapshot ${name}`)!;
  const options = {foreign: [], gathers: false};
  const terminal = recordedTerminal();
  const code = await command.run(
    unwrap(parseFlags(args, command.flags, options)),
    terminal,
    undefined,
  );
  return {code, out: terminal.lines.join("\n"), errors: terminal.errors.join("\n")};
}

function copyTo(name: string, change: (folder: string) => void): void {
  const folder = join(all, name);
  cpSync(whole, folder, {recursive: true});
  change(folder);
}

const editing =
  (change: (json: typeof manifest & {sha256?: string}) => void) => (folder: string) => {
    const file = join(folder, "manifest.json");
    const json = JSON.parse(readFileSync(file, "utf8"));
    change(json);
    writeFileSync(file, JSON.stringify(json));
  };

test("a list says of each snapshot how it stands, and takes no manifest's word against its files", async () => {
  const [first, second] = manifest.components.state.chunks;
  copyTo(
    "b-height",
    editing(json => {
      Object.assign(json.block, {number: 1_234_567});
      Reflect.deleteProperty(json, "sha256");
    }),
  );
  copyTo(
    "c-slip",
    editing(json => void Object.assign(json.chain, {name: "Other"})),
  );
  copyTo("d-missing", folder => {
    rmSync(join(folder, first!.file));
    rmSync(join(folder, second!.file));
  });
  copyTo("e-short", folder => writeFileSync(join(folder, first!.file), "short"));
  copyTo("f-unfinished", folder => {
    const {components: _, format: __, ...subject} = manifest;
    rmSync(join(folder, "manifest.json"));
    writeFileSync(join(folder, "unfinished.jsonl"), `${JSON.stringify(subject)}\n`);
  });
  mkdirSync(join(all, "g-something-else"));
  const {code, out} = await khala("list", all, "--json");
  assert.equal(code, 0);
  const found = JSON.parse(out) as {standing: string; fault?: string; block?: {number: number}}[];
  assert.deepEqual(
    found.map(({standing}) => standing),
    ["whole", "damaged", "damaged", "incomplete", "damaged", "unfinished"],
  );
  assert.match(found[1]!.fault!, /do not belong together/);
  assert.equal(found[1]!.block, undefined);
  assert.match(found[2]!.fault!, /was changed since it was written/);
  assert.match(found[3]!.fault!, new RegExp(`^${first!.file} and 1 more are not there$`));
  assert.match(found[4]!.fault!, /of another size/);
  const table = await khala("list", all);
  assert.match(table.out, /e-short.*damaged: .* is of another size/);
  assert.doesNotMatch(table.out, /1234567|1,234,567/);
});

test("what a snapshot says of its chain and of its finality is told as what it says", async () => {
  const {code, out} = await khala("verify", whole);
  assert.equal(code, 0);
  assert.match(out, /genesis +0x[0-9a-f]{64} \(claimed, not proved\)/);
  assert.match(out, /every key and the code are those of the state/);
  const facts = JSON.parse((await khala("verify", whole, "--json")).out);
  assert.deepEqual(facts.says, {genesisHash: manifest.chain.genesisHash, isProved: false});
  assert.equal("isProved" in facts, false);
  copyTo(
    "h-outside",
    editing(json => {
      Object.assign(json.chain, {id: "../../"});
      Reflect.deleteProperty(json, "sha256");
    }),
  );
  const outside = await khala("verify", join(all, "h-outside"));
  assert.equal(outside.code, 1);
  assert.match(
    outside.errors,
    /^snapshot-damaged: its manifest cannot be read: .* not of its form/,
  );
});

test("importing what is there already is done, and says so; where nothing is there is nothing to discard", async () => {
  const basePath = join(root, "target");
  const place = ["--chain=dev", `--base-path=${basePath}`];
  const none = await khala("import", "--discard", ...place);
  assert.deepEqual([none.code, none.out], [0, "nothing to remove"]);
  assert.equal(existsSync(basePath), false);
  const asked = [whole, ...place, "--finality=at-once", `--block=${manifest.block.hash}`];
  assert.equal((await khala("import", ...asked)).code, 0);
  const again = await khala("import", ...asked);
  assert.equal(again.code, 0, again.errors);
  assert.match(again.out, /^block 5000 of .* and its state are there already under/);
  assert.equal(JSON.parse((await khala("import", ...asked, "--json")).out).isThere, true);
  assert.equal(devSpec().name, manifest.chain.name);
});
