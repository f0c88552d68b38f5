import assert from "node:assert/strict";
import {test} from "node:test";
import {hex, ok} from "#base";
import {encode, struct, u8, u64, u128} from "#codec";
import {runtimeVersion} from "#primitives";
import {VERSION} from "../../test-kit/test-node.ts";
import {startTestServer} from "../../test-kit/test-server.ts";

test("a fee is a decimal string, its parts are hex, and weights keep all their digits", async t => {
  const server = await startTestServer(t);
  const client = await server.connect();
  assert.deepEqual(await client.call("payment_queryFeeDetails", "0x0400"), {
    inclusionFee: {baseFee: "0x1", lenFee: "0xff", adjustedWeightFee: "0xde0b6b3a7640000"},
  });
  const response = await fetch(`http://${server.url}`, {
    method: "POST",
    headers: {"content-type": "application/json"},
    body: '{"jsonrpc":"2.0","id":1,"method":"payment_queryInfo","params":["0x0400"]}',
  });
  assert.equal(
    await response.text(),
    '{"jsonrpc":"2.0","id":1,"result":{"weight":{"ref_time":1152921504606846977,"proof_size":3593},"class":"normal","partialFee":"100000000000000000000"}}',
  );
});

test("a runtime from before proof sizes answers a time alone, and its fee is read all the same", async t => {
  const server = await startTestServer(t);
  const {chain} = server.answers;
  const old = encode(struct({weight: u64, class: u8, partialFee: u128}), {
    weight: 1_234_567n,
    class: 1,
    partialFee: 99n,
  });
  const version = {...VERSION, apis: [[hex("0x37c8bb1350a9a2a8"), 1]] as [Uint8Array, number][]};
  const call = chain.call.bind(chain);
  Object.assign(chain, {
    call: (block: Uint8Array, name: string, args: Uint8Array) => {
      if (name === "Core_version") return ok(encode(runtimeVersion, version));
      return name === "TransactionPaymentApi_query_info" ? ok(old) : call(block, name, args);
    },
  });
  const client = await server.connect();
  assert.deepEqual(await client.call("payment_queryInfo", "0x0400"), {
    weight: {ref_time: 1_234_567, proof_size: 0},
    class: "operational",
    partialFee: "99",
  });
});

test("what is no extrinsic is a decode error, and an unknown block a runtime error", async t => {
  const client = await (await startTestServer(t)).connect();
  for (const [method, message] of [
    ["payment_queryInfo", "Unable to query dispatch info."],
    ["payment_queryFeeDetails", "Unable to query fee details."],
  ] as const) {
    const malformed = await client.fail(method, "0x0c00");
    assert.deepEqual([malformed.code, malformed.message], [2, message]);
    const unknown = await client.fail(method, "0x0400", `0x${"11".repeat(32)}`);
    assert.deepEqual([unknown.code, unknown.message], [1, message]);
  }
});
