/**
 * The runtime APIs: what the node, and through it clients, may ask of a runtime (spec/rpc §4). One file per API;
 * each function states its arguments and answer once, which gives the call, its bytes and its metadata.
 *
 * Arguments are concatenated SCALE; bytes after them are not looked at.
 */
export {accountNonceApi} from "./account-nonce.ts";
export {auraApi} from "./aura.ts";
export {blockBuilderApi} from "./block-builder.ts";
export {blockCodec, extrinsicCodec} from "./block-type.ts";
export {collatorApi} from "./collator.ts";
export {coreApi} from "./core.ts";
export {type ApiMethod, method, type RuntimeApi} from "./declare.ts";
export {grandpaApi} from "./grandpa.ts";
export {metadataApi} from "./metadata.ts";
export {offchainWorkerApi} from "./offchain-worker.ts";
export {apiVersions, TypeScriptRuntime} from "./runtime.ts";
export {sessionKeysApi} from "./session-keys.ts";
export {taggedTransactionQueueApi} from "./tagged-transaction-queue.ts";
export {transactionPaymentApi, transactionPaymentCallApi} from "./transaction-payment.ts";
