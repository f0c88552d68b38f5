import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {bytesToHex, unwrap} from "#base";
import {type ForeignNode, startForeignNode} from "../../node/test-kit/foreign-node.ts";
import {parseFlags} from "../flags/index.ts";
import {recordedTerminal} from "../test-kit/recorded-terminal.ts";
import {checkBlockCommand} from "./index.ts";

let foreign: ForeignNode;
before(async () => {
  foreign = await startForeignNode({seal: {kind: "manual"}});
});
after(() => foreign?.node.stop());

async function check(...args: string[]) {
  const terminal = recordedTerminal();
  const flags = [`--url=${foreign.url}`, ...args];
  const values = unwrap(parseFlags(flags, checkBlockCommand.flags));
  const code = await checkBlockCommand.run(values, terminal, undefined);
  return {code, said: terminal.lines.join("\n"), report: terminal.errors.join("\n")};
}

test("a block of a runtime without validate_block is not judged, which is no success, and its proof is measured all the same", async () => {
  const hash = bytesToHex(unwrap(await foreign.node.timeTools!.makeBlock()).hash);
  for (const place of ["1", hash]) {
    const {code, said} = await check(place);
    assert.equal(code, 3);
    assert.match(said, /^block 1: not judged\n {2}hash +0x/);
    assert.match(said, /reason +no-judge: .* has no validate_block/);
    assert.match(said, /proof +[\d,]+ bytes/);
    assert.doesNotMatch(said, /judged +in/);
  }
  const json = JSON.parse((await check("1", "--json")).said);
  assert.deepEqual(
    [json.hash, json.number, json.verdict, json.code, json.judgedIn],
    [hash, 1, "not-judged", "no-judge", null],
  );
  assert.ok(json.proofSize > 0 && json.executedIn > 0);
});

test("the first block was made by nobody", async () => {
  const {code, said} = await check("0");
  assert.equal(code, 3);
  assert.match(said, /reason +first-block/);
});

test("a block that is not there, and what is none, are told apart", async () => {
  for (const place of ["4000000", `0x${"00".repeat(32)}`]) {
    const {code, report} = await check(place);
    assert.equal(code, 1);
    assert.match(report, /^block-unknown: /);
  }
  for (const place of [[], ["best"], ["0x12"]]) {
    const {code, report} = await check(...place);
    assert.equal(code, 2);
    assert.match(report, /^argument-missing: /);
  }
});
