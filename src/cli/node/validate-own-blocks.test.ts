import assert from "node:assert/strict";
import {test} from "node:test";
import {unwrap} from "#base";
import {presetSpec} from "#chain-spec";
import {inMemoryNode, quietly, startNode} from "#node";
import {parseFlags} from "../flags/index.ts";
import {NODE_FLAGS_OF_NET} from "../net/net-flags.ts";
import {readNetOptions} from "../net/net-options.ts";
import {NODE_FLAGS} from "./node-flags.ts";
import {readConfiguration} from "./read-configuration.ts";

test("a node of a chain that is no parachain's does not start with a judge of its blocks", async () => {
  const configuration = inMemoryNode({spec: presetSpec("dev")!, devKeys: ["//Alice"]});
  const refused = await startNode({...configuration, validateOwnBlocks: true}, quietly);
  assert.ok(!refused.ok);
  assert.match(
    refused.error,
    /^no-judge: --validate-own-blocks: khala-ts \d+ has no validate_block/,
  );
  const started = await startNode(configuration, quietly);
  await unwrap(started).stop();
});

test("the flag is one of a node's, and of every node of a network", () => {
  for (const isAsked of [false, true]) {
    const flag = isAsked ? ["--validate-own-blocks"] : [];
    const node = parseFlags(["--chain=dev", "--base-path=/nowhere", ...flag], NODE_FLAGS);
    const read = readConfiguration(unwrap(node), {dev: false});
    assert.equal(read.ok && read.value.node.validateOwnBlocks, isAsked);
    const net = readNetOptions(unwrap(parseFlags(["4", ...flag], NODE_FLAGS_OF_NET)));
    assert.ok(net.ok);
    assert.equal(net.value.node.validateOwnBlocks, isAsked);
    assert.equal(net.value.nodeArguments.includes("--validate-own-blocks"), isAsked);
  }
});
