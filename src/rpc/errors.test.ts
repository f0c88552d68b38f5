import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, err} from "#base";
import type {SubmitFailure} from "#pool";
import type {RpcError} from "./json-rpc/rpc-error.ts";
import {startTestServer} from "./test-kit/test-server.ts";

const NOWHERE = `0x${"11".repeat(32)}`;
const UNKNOWN = `UnknownBlock: Header was not found in the database: ${NOWHERE}`;
const GENESIS_PLACE = "genesis";

/** Each code of the tables (spec/rpc §1, §2) and of our own, with a call that brings it about. */
const CALLS: readonly (readonly [method: string, params: readonly unknown[], error: RpcError])[] = [
  ["no_such_method", [], {code: -32_601, message: "Method not found"}],
  [
    "chain_getHeader",
    ["0x00"],
    {
      code: -32_602,
      message: "Invalid params",
      data: "hash: expected 0x-prefixed hex of 32 bytes, found a string of 4 characters",
    },
  ],
  [
    "state_queryStorage",
    [["0x"], NOWHERE],
    {
      code: 4_001,
      message: `Cannot resolve a block range ['${NOWHERE}' ... '${GENESIS_PLACE}]. unknown block ${NOWHERE}`,
    },
  ],
  [
    "state_getKeysPaged",
    ["0x", 1_001],
    {code: 4_002, message: "count exceeds maximum value. value: 1001, max: 1000"},
  ],
  ["state_getStorage", ["0x", NOWHERE], {code: 4_003, message: `Client error: ${UNKNOWN}`}],
  [
    "childstate_getStorage",
    ["0x", "0x"],
    {code: 4_003, message: "Client error: Invalid child storage key"},
  ],
  [
    "payment_queryInfo",
    ["0x040000", NOWHERE],
    {
      code: 2,
      message: "Unable to query dispatch info.",
      data: "not an extrinsic with its length prefix",
    },
  ],
  [
    "payment_queryInfo",
    ["0x0400", NOWHERE],
    {code: 1, message: "Unable to query dispatch info.", data: UNKNOWN},
  ],
  [
    "system_accountNextIndex",
    ["no address"],
    {
      code: -32_602,
      message: "Invalid params",
      data: "account: expected an SS58 address of an account, found a string of 10 characters",
    },
  ],
  [
    "system_dryRun",
    ["0x0400", NOWHERE],
    {code: 1, message: "Unable to dry run extrinsic.", data: UNKNOWN},
  ],
  [
    "author_hasKey",
    ["0x00", "au"],
    {code: 1_040, message: "Invalid key type ID format (should be of length four)"},
  ],
  [
    "engine_createBlock",
    [false, true],
    {
      code: 12_000,
      message: "No transaction waits: pass createEmpty = true to make an empty block",
    },
  ],
  ["transaction_v1_stop", ["none"], {code: -32_602, message: "Invalid operation id"}],
];

test("every error of the tables has its code and its words", async t => {
  const {connect, chain} = await startTestServer(t);
  const client = await connect();
  const genesis = bytesToHex(chain.genesisHash);
  for (const [method, params, expected] of CALLS) {
    const message = expected.message.replace(GENESIS_PLACE, genesis);
    assert.deepEqual(await client.fail(method, ...params), {...expected, message}, method);
  }
  client.send("{");
  assert.deepEqual(await client.next(), {
    jsonrpc: "2.0",
    id: null,
    error: {code: -32_700, message: "Parse error"},
  });
  client.send({jsonrpc: "1.0", id: 7, method: "system_name"});
  assert.deepEqual(await client.next(), {
    jsonrpc: "2.0",
    id: 7,
    error: {code: -32_600, message: "Invalid request"},
  });
});

const SUBMISSIONS: readonly (readonly [SubmitFailure, RpcError])[] = [
  [
    {code: "verification-failed", reason: "why"},
    {code: 1_002, message: "Verification Error: why", data: "why"},
  ],
  ...Object.entries({
    Call: "Transaction call is not expected",
    Payment: "Inability to pay some fees (e.g. account balance too low)",
    Future: "Transaction will be valid in the future",
    Stale: "Transaction is outdated",
    BadProof: "Transaction has a bad signature",
    AncientBirthBlock: "Transaction has an ancient birth block",
    ExhaustsResources: "Transaction would exhaust the block limits",
    BadMandatory: "A call was labelled as mandatory, but resulted in an Error.",
    MandatoryValidation: "Transaction dispatch is mandatory; transactions must not be validated.",
    BadSigner: "Invalid signing address",
  }).map(
    ([type, data]) =>
      [
        {code: "invalid", reason: {type}} as SubmitFailure,
        {code: 1_010, message: "Invalid Transaction", data},
      ] as const,
  ),
  [
    {code: "invalid", reason: {type: "Custom", value: 5}},
    {code: 1_010, message: "Invalid Transaction", data: "Custom error: 5"},
  ],
  [
    {code: "unknown-validity", reason: {type: "NoUnsignedValidator"}},
    {code: 1_011, message: "Unknown Transaction Validity", data: "NoUnsignedValidator"},
  ],
  [
    {code: "unrecognized", isUnknown: false, error: Uint8Array.of(0, 12)},
    {code: 1_010, message: "Invalid Transaction", data: "Error 0x000c"},
  ],
  [
    {code: "unrecognized", isUnknown: true, error: Uint8Array.of(1, 9)},
    {code: 1_011, message: "Unknown Transaction Validity", data: "Error 0x0109"},
  ],
  [{code: "temporarily-banned"}, {code: 1_012, message: "Transaction is temporarily banned"}],
  [
    {code: "already-imported", hash: new Uint8Array(32)},
    {code: 1_013, message: "Transaction Already Imported", data: `0x${"00".repeat(32)}`},
  ],
  [
    {code: "priority-too-low", old: 2n, new: 1n},
    {
      code: 1_014,
      message: "Priority is too low: (2 vs 1)",
      data: "The transaction has too low priority to replace another transaction already in the pool.",
    },
  ],
  [{code: "cycle-detected"}, {code: 1_015, message: "Cycle Detected"}],
  [
    {code: "immediately-dropped"},
    {
      code: 1_016,
      message: "Immediately Dropped",
      data: "The transaction couldn't enter the pool because of the limit",
    },
  ],
  [
    {code: "unactionable"},
    {
      code: 1_018,
      message: "Unactionable",
      data: "The transaction is unactionable since it is not propagable and the local node does not author blocks",
    },
  ],
  [
    {code: "no-tags-provided"},
    {
      code: 1_019,
      message: "No tags provided",
      data: "Transaction does not provide any tags, so the pool can't identify it",
    },
  ],
  [{code: "block-unknown"}, {code: 1_020, message: "The provided block ID is not valid"}],
  [
    {code: "future-refused"},
    {code: 1_021, message: "The pool is not accepting future transactions"},
  ],
];

test("a transaction that the pool refuses has the code and the words of its reason", async t => {
  const server = await startTestServer(t);
  let refusal: SubmitFailure = {code: "cycle-detected"};
  Object.assign(server.answers.pool, {
    submit: async () => err(refusal),
    watch: async () => err(refusal),
  });
  const client = await server.connect();
  for (const [failure, expected] of SUBMISSIONS) {
    refusal = failure;
    assert.deepEqual(await client.fail("author_submitExtrinsic", "0x"), expected);
    assert.deepEqual(await client.fail("author_submitAndWatchExtrinsic", "0x"), expected);
    const id = await client.call<string>("transactionWatch_v1_submitAndWatch", "0x");
    const {event} = await client.item<{event: string}>(id);
    const other = {"immediately-dropped": "dropped", "verification-failed": "error"};
    assert.equal(event, other[failure.code as keyof typeof other] ?? "invalid");
  }
  refusal = {code: "malformed", reason: "why"};
  assert.deepEqual(await client.fail("author_submitExtrinsic", "0x"), {
    code: 1_040,
    message: "Client error: why",
  });
  assert.deepEqual(await client.fail("author_submitAndWatchExtrinsic", "0x"), {
    code: 1_001,
    message: "Extrinsic has invalid format: why",
  });
});

test("unsafe methods are refused to strangers, those of the state under their own code", async t => {
  const client = await (await startTestServer(t, {methods: "safe"})).connect();
  const message = "RPC call is unsafe to be called externally";
  for (const method of ["author_rotateKeys", "system_peers", "system_dryRun", "dev_newBlock"]) {
    assert.deepEqual(await client.fail(method), {code: -32_601, message}, method);
  }
  assert.deepEqual(await client.fail("state_getPairs", "0x"), {code: 4_003, message});
});
