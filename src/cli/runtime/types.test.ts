import assert from "node:assert/strict";
import {test} from "node:test";
import {unwrap} from "#base";
import {parseFlags} from "../flags/index.ts";
import {recordedTerminal} from "../test-kit/recorded-terminal.ts";
import {typeLines, typesCommand} from "./types.ts";

async function types(...args: string[]) {
  const terminal = recordedTerminal();
  const code = await typesCommand.run(
    unwrap(parseFlags(args, typesCommand.flags)),
    terminal,
    undefined,
  );
  return {code, said: terminal.lines, failed: terminal.errors.join("\n")};
}

/** Names of one member of the interface. */
function namesOf(lines: readonly string[], member: string): readonly string[] {
  const from = lines.indexOf(`    readonly ${member}:`);
  assert.ok(from >= 0, member);
  const rest = lines.slice(from + 1);
  return rest
    .slice(0, rest.findIndex(line => line.endsWith(";")) + 1)
    .map(line => line.replace(/^ +\| "(.*)";?$/, "$1"));
}

test("the names of this program's own chain are printed, each where it belongs", async () => {
  const {code, said, failed} = await types();
  assert.equal(code, 0, failed);
  assert.ok(namesOf(said, "calls").includes("Balances.transfer_keep_alive"));
  assert.ok(namesOf(said, "events").includes("CollatorSelection.CandidateAdded"));
  assert.ok(namesOf(said, "storage").includes("System.Account"));
  assert.ok(namesOf(said, "constants").includes("Balances.ExistentialDeposit"));
  assert.ok(namesOf(said, "apis").includes("AccountNonceApi.account_nonce"));
  assert.ok(!namesOf(said, "calls").includes("System.Account"));
});

test("of a chain without any of a kind no name is taken", () => {
  const lines = typeLines({pallets: []} as unknown as Parameters<typeof typeLines>[0]);
  assert.deepEqual(namesOf(lines, "calls"), ["      never;"]);
});

test("a file that is none is said to be, and nothing is printed", async () => {
  const {code, said, failed} = await types("/no/such/file.json");
  assert.equal(code, 1);
  assert.deepEqual(said, []);
  assert.match(failed, /there is no runtime in \/no\/such\/file\.json/);
});
