import assert from "node:assert/strict";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {unwrap} from "#base";
import {formatChainSpec, presetSpec} from "#chain-spec";
import {genesisMakers} from "#node";
import {createTestCrypto} from "../accounts/test-crypto.ts";
import {call} from "../transactions/call.ts";
import {readyTestChain} from "./ready-chain.ts";
import {startChain} from "./start-chain.ts";

const folder = mkdtempSync(join(tmpdir(), "khala-ready-"));
after(() => rmSync(folder, {recursive: true, force: true}));

const makers = genesisMakers(await createTestCrypto(() => 0));
const specNamed = (name: string) =>
  unwrap(formatChainSpec({...presetSpec("dev")!, name}, {isRaw: true}, makers));

test("the same wishes come to the same chain, made once; other wishes, or another spec in the file, to another", async () => {
  const chain = join(folder, "spec.json");
  writeFileSync(chain, specNamed("First"));
  const first = await readyTestChain({chain});
  assert.equal(await readyTestChain({chain}), first);
  assert.equal(await readyTestChain({chain: specNamed("First")}), first);
  assert.notEqual(await readyTestChain({chain, nodes: 1}), first);
  writeFileSync(chain, specNamed("Second"));
  const second = await readyTestChain({chain});
  assert.deepEqual([first.spec.name, second.spec.name], ["First", "Second"]);
});

test("chains that begin with the same block leave it as it is for each other", async () => {
  const chain = specNamed("Shared");
  const began: string[] = [];
  for (let i = 0; i < 3; i++) {
    await using one = await startChain({chain});
    await using other = await startChain({chain});
    began.push(one.at().hash, other.at().hash);
    const had = one.at().balanceOf("bob").free;
    await one.submit("alice", call("Balances.transfer_keep_alive", {dest: "bob", value: 5n}));
    assert.deepEqual(
      [one.at().balanceOf("bob").free, other.at().balanceOf("bob").free],
      [had + 5n, had],
    );
  }
  assert.equal(new Set(began).size, 1);
});
