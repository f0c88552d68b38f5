import {randomBytes} from "node:crypto";
import {bytesToHex, concatBytes, type Hex, hex} from "#base";
import {encode, u32} from "#codec";
import {createNativeCrypto} from "#crypto-native";
import {makeSenders, signTransfer} from "../../bench/transfers.ts";
import {rpc} from "../support/rpc.ts";

export interface Call {
  readonly method: string;
  readonly params: readonly unknown[];
}

/**
 * Left out since they do as they are told, to anybody's cost but the node's: they make keys by the thousand, ban what
 * is sent later, move the chain about, or turn on all logs.
 */
const LEFT_OUT =
  /^(dev_|engine_|author_rotate|author_insertKey|author_removeExtrinsic|offchain_|system_add|system_remove)/;

/** Good calls to spoil: one or more of each method that the node has, most of them with all parameters. */
export async function corpus(url: string): Promise<Call[]> {
  const ask = <T>(method: string, ...params: unknown[]) => rpc<T>(url, method, params);
  const {methods} = await ask<{methods: string[]}>("rpc_methods");
  const block = await ask<Hex>("chain_getBlockHash", 0);
  const crypto = await createNativeCrypto(length => new Uint8Array(randomBytes(length)));
  const [sender] = makeSenders(crypto, 1);
  const transfer = signTransfer(sender!, new Uint8Array(32).fill(7), 0, hex(block));
  const extrinsic = bytesToHex(transfer);
  const withLength = bytesToHex(concatBytes(transfer, encode(u32, transfer.length)));
  const header = await ask<Hex>("archive_v1_header", block);
  const key = "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9";
  const child = `0x${Buffer.from(":child_storage:default:x").toString("hex")}`;
  const item = {key, type: "descendantsValues", paginationStartKey: `${key}00`};
  const runtimeCalls: readonly (readonly [string, string])[] = [
    ["Core_version", "0x"],
    ["Core_initialize_block", header],
    ["Core_execute_block", `${header}00`],
    ["Metadata_metadata_at_version", "0x0f000000"],
    ["BlockBuilder_apply_extrinsic", extrinsic],
    ["BlockBuilder_finalize_block", "0x"],
    ["BlockBuilder_inherent_extrinsics", "0x0474696d737461703020e803000000000000"],
    ["BlockBuilder_check_inherents", `${header}000474696d73746170302000e80300000000`],
    ["TaggedTransactionQueue_validate_transaction", `0x02${extrinsic.slice(2)}${block.slice(2)}`],
    ["AccountNonceApi_account_nonce", `0x${"07".repeat(32)}`],
    ["TransactionPaymentApi_query_info", withLength],
    ["TransactionPaymentApi_query_fee_details", withLength],
    ["SessionKeys_decode_session_keys", `0x0101${"05".repeat(64)}`],
    ["SessionKeys_generate_session_keys", "0x00"],
    ["OffchainWorkerApi_offchain_worker", header],
    ["AuraApi_authorities", "0x"],
    ["GrandpaApi_grandpa_authorities", "0x"],
  ];
  const calls: Call[] = [
    ...runtimeCalls.flatMap(([name, args]) => [
      {method: "state_call", params: [name, args, block]},
      {method: "archive_v1_call", params: [block, name, args]},
    ]),
    {method: "chain_getBlockHash", params: [[0, "0x1"]]},
    {method: "state_getKeysPaged", params: [key, 10, `${key}00`, block]},
    {method: "state_getReadProof", params: [[key], block]},
    {method: "state_queryStorage", params: [[key], block, block]},
    {method: "state_queryStorageAt", params: [[key, "0x"], block]},
    {method: "state_subscribeStorage", params: [[key]]},
    {method: "state_traceBlock", params: [block, "state", key, "Get"]},
    {method: "state_getStorage", params: [key, block]},
    {method: "state_getMetadata", params: [block]},
    {method: "childstate_getKeysPaged", params: [child, "0x", 5, "0x00", block]},
    {method: "author_submitExtrinsic", params: [extrinsic]},
    {method: "author_submitAndWatchExtrinsic", params: [extrinsic]},
    {method: "author_hasKey", params: [`0x${"07".repeat(32)}`, "aura"]},
    {method: "author_hasSessionKeys", params: [`0x${"07".repeat(64)}`]},
    {
      method: "system_accountNextIndex",
      params: ["5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"],
    },
    {method: "system_dryRun", params: [extrinsic, block]},
    {method: "payment_queryInfo", params: [extrinsic, block]},
    {method: "payment_queryFeeDetails", params: [extrinsic, block]},
    {method: "transaction_v1_broadcast", params: [extrinsic]},
    {method: "transactionWatch_v1_submitAndWatch", params: [extrinsic]},
    {method: "chainHead_v1_follow", params: [true]},
    {method: "chainHead_v1_unpin", params: ["id", [block, block]]},
    {method: "archive_v1_hashByHeight", params: [0]},
    {method: "archive_v1_storage", params: [block, [item], null]},
    {
      method: "archive_v1_storageDiff",
      params: [block, [{key, returnType: "hash"}], block],
    },
    {method: "grandpa_proveFinality", params: [1]},
  ];
  const covered = new Set(calls.map(({method}) => method));
  for (const method of methods) {
    if (!covered.has(method)) calls.push({method, params: [block, key, 1, "0x00"]});
  }
  return calls.filter(({method}) => !LEFT_OUT.test(method));
}
