import assert from "node:assert/strict";
import {after, test} from "node:test";
import {millis, unwrap} from "#base";
import type {InherentScope} from "#core";
import {createNativeCrypto} from "#crypto-native";
import {relayLifetime} from "#relay";
import {relayInherent} from "../../src/node/relay-inherent.ts";
import {knownChain} from "./support/known-specs.ts";
import {rehearsedNetwork} from "./support/rehearsed-network.ts";

const network = await rehearsedNetwork(await knownChain("rococo_v2_2_asset_hub"), {
  names: ["Alice"],
  hasTools: true,
  change: {seal: {kind: "manual"}},
});
after(() => network.stop());
const {node} = network.nodes[0]!;
const {relayOffset} = node.rehearsal!;
const {first, end} = relayLifetime(relayOffset);

test("a slot without a relay block has no data, in words, and a block of it is false", async () => {
  const provider = relayInherent({relayOffset}, await createNativeCrypto());
  const parent = node.chain.head;
  const runtime = unwrap(node.chain.runtimeOf(parent.state));
  const scope = (moment: number): InherentScope =>
    ({parent, runtime, slotBegins: millis(moment)}) as InherentScope;
  for (const [moment, words] of [
    [first - 1, /relay chain begins at .* is this machine's clock right\?$/],
    [end, /no block numbers beyond \d+-/],
  ] as const) {
    const data = provider.data(scope(moment));
    assert.match(data.ok ? "" : data.error, words);
    const judged = provider.judge!(scope(moment), []);
    assert.ok(!judged.ok);
    assert.equal(judged.error.code, "relay-number-wrong");
  }
  assert.ok(provider.data(scope(end - 1)).ok);
});

test("time goes on to the relay chain's last block and no further", async () => {
  const tools = node.timeTools!;
  const beyond = tools.travelTo(end);
  assert.deepEqual(beyond.ok || beyond.error, {code: "time-ends", end});
  unwrap(tools.travelTo(millis(end - 2 * network.slotDuration)));
  unwrap(await tools.makeBlock());
  for (let i = 0; i < 3; i++) {
    const made = await tools.makeBlock();
    if (made.ok) continue;
    assert.equal(made.error.code, "authoring-failed");
    assert.match(
      "reason" in made.error ? String(made.error.reason) : "",
      /no block numbers beyond/,
    );
    return;
  }
  assert.fail("a block beyond the last relay block");
});
