import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {type TestContext, test} from "node:test";
import {bytesToHex, hexToBytes, unwrap} from "#base";
import {pastBlock} from "#core";
import {describeRuntime, StateReader} from "#description";
import type {RunningNode} from "#node";
import {itemKey} from "#primitives";
import {Overlay} from "#state";
import {checkBlockCommand} from "../../src/cli/check-block/index.ts";
import {parseFlags} from "../../src/cli/flags/index.ts";
import {recordedTerminal} from "../../src/cli/test-kit/recorded-terminal.ts";
import {hashing} from "./support/genuine-chain.ts";
import {knownChain} from "./support/known-specs.ts";
import {type RehearsedNode, rehearsedNetwork} from "./support/rehearsed-network.ts";
import {readSpec} from "./support/replay.ts";

const NAMES = ["Alice", "Bob", "Charlie", "Dave"];
const PERIOD = 1_800;
/** A folder with chain specs that npm has not. */
const folder = process.env.KHALA_GENUINE;
const statemine = await knownChain("rococo_v2_2_asset_hub");

async function networkOf(t: TestContext, ...asked: Parameters<typeof rehearsedNetwork>) {
  const network = await rehearsedNetwork(...asked);
  t.after(() => network.stop());
  return network;
}

/** One node that has all keys, and makes blocks when it is told to. */
const alone = (
  t: TestContext,
  text: string,
  validateOwnBlocks: boolean,
  changes: readonly unknown[] = [],
) =>
  networkOf(t, text, {
    changes,
    names: ["Alice"],
    hasTools: true,
    collators: NAMES,
    change: {
      devKeys: NAMES.map(name => `//${name}`),
      seal: {kind: "manual"},
      validateOwnBlocks,
      network: {
        listen: [],
        announce: [],
        bootnodes: [],
        reserved: [],
        reservedOnly: false,
        slots: {},
        nodeKey: undefined,
      },
    },
  });

async function check(node: RunningNode, ...args: string[]) {
  const terminal = recordedTerminal();
  const url = `--url=ws://127.0.0.1:${node.rpc.port}`;
  const values = unwrap(parseFlags([url, ...args], checkBlockCommand.flags));
  const code = await checkBlockCommand.run(values, terminal, undefined);
  return {code, said: terminal.lines.join("\n")};
}

const read = ({node}: RehearsedNode, name: string): unknown => {
  const {chain} = node;
  const {state} = chain.head;
  const host = {state: new Overlay(state), verifySignature: () => false};
  const description = unwrap(describeRuntime(unwrap(chain.runtimeOf(state)), host));
  return new StateReader(description, state, hashing).read(name);
};

test("four collators whose blocks are judged make them in turn, and those become final; each knows how large its own proofs are", async t => {
  const network = await networkOf(t, statemine, {
    names: NAMES,
    change: {validateOwnBlocks: true},
  });
  const chains = network.nodes.map(({node}) => node.chain);
  await network.until(() => chains.every(chain => chain.finalized().number >= 8));
  for (let number = 1; number <= 8; number++) {
    const hash = chains[0]!.hashOf(number)!;
    // The chain's settings record nothing: of others' blocks nobody notes it.
    assert.equal(chains.filter(chain => chain.bytesOfProof(hash) !== undefined).length, 1);
  }
  assert.deepEqual(
    network.nodes.flatMap(({log}) => log),
    [],
  );
});

test("where the chain's settings record proofs, every node notes the size of each block's: the same", async t => {
  const network = await networkOf(t, statemine, {names: NAMES, proofSize: "recorded"});
  const chains = network.nodes.map(({node}) => node.chain);
  await network.until(() => chains.every(chain => chain.finalized().number >= 4));
  for (let number = 1; number <= 4; number++) {
    const hash = chains[0]!.hashOf(number)!;
    const [size, ...others] = chains.map(chain => chain.bytesOfProof(hash));
    assert.ok(size !== undefined && size > 1_000);
    assert.deepEqual(others, [size, size, size]);
  }
});

test("a node whose blocks are judged makes them through a change of sessions", async t => {
  const network = await alone(t, statemine, true);
  const [one] = network.nodes as [RehearsedNode];
  const tools = one.node.timeTools!;
  assert.equal(read(one, "Session.CurrentIndex"), 0);
  for (let number = 1; number <= PERIOD + 2; number++) {
    assert.equal(unwrap(await tools.makeBlock()).number, number);
    assert.ok(one.node.chain.bytesOfProof(one.node.chain.head.hash)! > 0);
  }
  assert.equal(read(one, "Session.CurrentIndex"), 1);
  const {code, said} = await check(one.node, String(PERIOD));
  assert.equal(code, 0, said);
});

test("the block that a rehearsal begins with was made by nobody, whatever its number", async t => {
  const network = await alone(t, statemine, true, [{System: {Number: 1_700}}]);
  const [{node}] = network.nodes as [RehearsedNode];
  const first = await check(node, "1700");
  assert.equal(first.code, 3);
  assert.match(first.said, /^block 1,?700: not judged\n(.*\n)*.*reason +first-block/);
  unwrap(await node.timeTools!.makeBlock());
  assert.equal((await check(node, "1701")).code, 0);
});

/** Written over the state after a block, against all rules. */
const overrides = [[itemKey(hashing, "System", "Number"), hexToBytes("0x09000000")]] as const;

test("a block with a state that no execution comes to is stopped where blocks are judged, and found out by check-block where they are not", async t => {
  const judging = await alone(t, statemine, true);
  const [judge] = judging.nodes as [RehearsedNode];
  unwrap(await judge.node.timeTools!.makeBlock());
  const {hash} = judge.node.chain.head;
  const refused = await judge.node.timeTools!.overrideState(overrides);
  assert.ok(!refused.ok && refused.error.code === "authoring-failed");
  assert.match(refused.error.reason, /^judged-invalid: .*Storage root must match/);
  assert.match(judge.log.join("\n"), /own-block-refused: .* refuses block 2 of this node/);
  assert.deepEqual(judge.node.chain.head.hash, hash);
  assert.equal(unwrap(await judge.node.timeTools!.makeBlock()).number, 2);

  const other = await alone(t, statemine, false);
  const [{node}] = other.nodes as [RehearsedNode];
  unwrap(await node.timeTools!.makeBlock());
  unwrap(await node.timeTools!.overrideState(overrides));
  const valid = await check(node, "1");
  assert.equal(valid.code, 0);
  assert.match(valid.said, /^block 1: valid\n(.*\n)*.*weight +[\d.]+ of 500 ms/);
  const found = await check(node, bytesToHex(node.chain.head.hash));
  assert.equal(found.code, 1);
  assert.match(found.said, /^block 2: refused\n(.*\n)*.*Storage root must match/);
  assert.ok(unwrap(pastBlock(node.chain, node.chain.head.hash)!).body.length > 0);
});

const educhain = (folder === undefined ? [] : readdirSync(folder))
  .filter(file => file.endsWith(".json"))
  .map(file => readFileSync(join(folder!, file), "utf8"))
  .find(text => readSpec(text).runtime.version.specName === "educhain-runtime");

if (educhain === undefined) {
  process.stdout.write(
    "a runtime that counts the size of proofs is judged where KHALA_GENUINE names a folder with educhain's chain spec\n",
  );
} else {
  test("a runtime that counts the size of proofs is not judged by a chain that records none, and says so at the start", async t => {
    await assert.rejects(alone(t, educhain, true), /proof-size-unrecorded: --validate-own-blocks/);
    const network = await alone(t, educhain, false);
    const [{node}] = network.nodes as [RehearsedNode];
    unwrap(await node.timeTools!.makeBlock());
    const {code, said} = await check(node, "1");
    assert.equal(code, 3);
    assert.match(said, /not judged\n(.*\n)*.*proof-size-unrecorded/);
  });
}
