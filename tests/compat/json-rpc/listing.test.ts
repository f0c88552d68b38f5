import assert from "node:assert/strict";
import {test} from "node:test";
import {startKhala} from "../../support/khala-process.ts";
import {RawClient} from "../support/raw-client.ts";

/** Every name of spec/rpc §1 and §2, other names and those that end a subscription among them. */
const NAMES = `
author_submitExtrinsic author_submitAndWatchExtrinsic author_unwatchExtrinsic author_pendingExtrinsics
author_removeExtrinsic author_insertKey author_rotateKeys author_rotateKeysWithOwner author_hasSessionKeys author_hasKey
chain_getHeader chain_getBlock chain_getBlockHash chain_getHead chain_getFinalizedHead chain_getFinalisedHead
chain_subscribeAllHeads chain_unsubscribeAllHeads chain_subscribeNewHeads chain_subscribeNewHead subscribe_newHead
chain_unsubscribeNewHeads chain_unsubscribeNewHead unsubscribe_newHead chain_subscribeFinalizedHeads
chain_subscribeFinalisedHeads chain_unsubscribeFinalizedHeads chain_unsubscribeFinalisedHeads
state_call state_callAt state_getKeys state_getPairs state_getKeysPaged state_getKeysPagedAt state_getStorage
state_getStorageAt state_getStorageHash state_getStorageHashAt state_getStorageSize state_getStorageSizeAt
state_getMetadata state_getRuntimeVersion chain_getRuntimeVersion state_queryStorage state_queryStorageAt
state_getReadProof state_subscribeRuntimeVersion chain_subscribeRuntimeVersion state_unsubscribeRuntimeVersion
chain_unsubscribeRuntimeVersion state_subscribeStorage state_unsubscribeStorage state_traceBlock childstate_getKeys
childstate_getKeysPaged childstate_getKeysPagedAt childstate_getStorage childstate_getStorageHash
childstate_getStorageSize childstate_getStorageEntries state_getChildReadProof system_name system_version system_chain
system_localPeerId system_chainType system_properties system_health system_localListenAddresses system_reservedPeers
system_peers system_unstable_networkState system_addReservedPeer system_removeReservedPeer system_nodeRoles
system_syncState system_addLogFilter system_resetLogFilter system_accountNextIndex account_nextIndex system_dryRun
system_dryRunAt payment_queryInfo payment_queryFeeDetails offchain_localStorageSet offchain_localStorageGet
offchain_localStorageClear dev_getBlockStats grandpa_roundState grandpa_proveFinality grandpa_subscribeJustifications
grandpa_unsubscribeJustifications sync_state_genSyncSpec rpc_methods rpc.discover
chainHead_v1_follow chainHead_v1_unfollow chainHead_v1_header chainHead_v1_body chainHead_v1_call chainHead_v1_storage
chainHead_v1_continue chainHead_v1_stopOperation chainHead_v1_unpin chainSpec_v1_chainName chainSpec_v1_genesisHash
chainSpec_v1_properties transaction_v1_broadcast transaction_v1_stop transactionWatch_v1_submitAndWatch
transactionWatch_v1_unwatch archive_v1_genesisHash archive_v1_finalizedHeight archive_v1_hashByHeight archive_v1_header
archive_v1_body archive_v1_call archive_v1_storage archive_v1_stopStorage archive_v1_storageDiff
archive_v1_stopStorageDiff sudo_sessionKeys_unstable_generate
dev_newBlock dev_timeTravel dev_setStorage dev_setHead dev_nextSession engine_createBlock engine_finalizeBlock
`;

test("a dev node lists every method of both generations and the time tools", async () => {
  const node = await startKhala(["dev", "--rpc-port=0", "--port=0", "--seal=manual"]);
  const client = await RawClient.open(node.url);
  const {methods} = await client.call<{methods: string[]}>("rpc_methods");
  const missing = NAMES.trim()
    .split(/\s+/)
    .filter(name => !methods.includes(name));
  await client.close();
  await node.stop();
  assert.deepEqual(missing, []);
});
