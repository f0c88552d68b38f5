import {
  accountNonceApi,
  auraApi,
  blockBuilderApi,
  blockCodec,
  collatorApi,
  coreApi,
  extrinsicCodec,
  grandpaApi,
  metadataApi,
  offchainWorkerApi,
  type RuntimeApi,
  sessionKeysApi,
  TypeScriptRuntime,
  taggedTransactionQueueApi,
  transactionPaymentApi,
  transactionPaymentCallApi,
} from "../api/index.ts";
import {type RuntimeDescription, uncheckedExtrinsicInfo} from "../frame/metadata/index.ts";
import type {CollatorChain} from "./collator-chain.ts";

/** The runtime APIs of a collator chain, over its pallets. */
export function collatorChainApis(chain: CollatorChain): RuntimeApi[] {
  const {composition, config, session, aura, grandpa, transactionPayment} = chain;
  const {balances, collatorSelection: selection} = chain;
  const apis: RuntimeApi[] = [];
  const description: RuntimeDescription = {
    crate: composition.crate,
    pallets: composition.pallets,
    extensions: composition.extensions,
    call: composition.runtimeCall,
    event: composition.runtimeEvent,
    apis,
  };
  const extrinsic = extrinsicCodec(uncheckedExtrinsicInfo(description));
  const block = blockCodec(extrinsic);
  apis.push(
    coreApi(composition, block),
    metadataApi(() => description),
    blockBuilderApi(composition, block, extrinsic),
    taggedTransactionQueueApi(composition, extrinsic),
    offchainWorkerApi(),
    sessionKeysApi(config.session.keyTypes, session),
    accountNonceApi(composition),
    transactionPaymentApi(composition, transactionPayment, extrinsic),
    transactionPaymentCallApi(composition, transactionPayment),
    auraApi(aura),
    ...(grandpa === undefined ? [] : [grandpaApi(grandpa)]),
    collatorApi(chain, {session, selection, aura, balances, keyTypes: config.session.keyTypes}),
  );
  return apis;
}

/** The chain as the node sees it: functions by name. */
export function createRuntime(chain: CollatorChain): TypeScriptRuntime {
  return new TypeScriptRuntime(chain.composition.version, collatorChainApis(chain));
}
