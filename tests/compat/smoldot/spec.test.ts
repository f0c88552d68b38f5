import assert from "node:assert/strict";
import {after, test} from "node:test";
import {start} from "smoldot";
import {bytesToHex, unwrap} from "#base";
import {firstState, formatChainSpec, genesisBlock, presetSpec} from "#chain-spec";
import {createPortableHashing} from "#crypto";

/**
 * What an unmodified light client makes of our raw chain spec before it has met a peer. It runs the genesis' `:code`
 * to learn slot duration, authorities and voters, and refuses the chain where it cannot.
 */
const hashing = createPortableHashing();
const spec = presetSpec("dev");
assert.ok(spec !== undefined);
const first = unwrap(firstState(spec.genesis, {hashing}));
const raw = unwrap(formatChainSpec(spec, {isRaw: true}, {hashing}));

const client = start({maxLogLevel: 0, logCallback: () => {}});
after(() => client.terminate());

test("smoldot accepts our raw spec and computes our genesis hash from it", async () => {
  const chain = await client.addChain({chainSpec: raw});
  chain.sendJsonRpc('{"jsonrpc":"2.0","id":1,"method":"chainSpec_v1_genesisHash","params":[]}');
  const {result} = JSON.parse(await chain.nextJsonRpcResponse()) as {result: string};
  assert.equal(result, bytesToHex(genesisBlock(first, 0, hashing).hash));
  chain.remove();
});

for (const name of [
  "AuraApi_slot_duration",
  "AuraApi_authorities",
  "GrandpaApi_grandpa_authorities",
]) {
  test(`it runs our code: without ${name} it refuses the chain`, async () => {
    const exported = Buffer.from(name).toString("hex");
    const renamed = `${exported.slice(0, -2)}21`;
    assert.ok(raw.includes(exported));
    await assert.rejects(client.addChain({chainSpec: raw.replace(exported, renamed)}));
  });
}
