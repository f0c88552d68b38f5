import {binaryToBytes, concatBytes, invariant} from "#base";
import {encode, u32} from "#codec";
import {
  type DispatchClass,
  type DispatchInfo,
  dispatchClass,
  exceedsAny,
  maxWeight,
  minWeight,
  multiAddress,
  multiSignature,
  weight,
  weightOf,
} from "#primitives";
import {memoryState, Overlay} from "#state";
import {
  buildCode,
  type ClassLimits,
  type FixedCall,
  type LightClientContents,
} from "../code/index.ts";
import {METADATA_VERSIONS} from "../frame/metadata/index.ts";
import {GRANDPA_AUTHORITIES_KEY} from "../pallets/grandpa/index.ts";
import {ofClass} from "../pallets/system/index.ts";
import type {CollatorChain} from "./collator-chain.ts";
import {createRuntime} from "./khala-runtime.ts";

/** What the module is written for; another list of extensions would be another extrinsic. */
const EXTENSIONS = [
  "CheckNonZeroSender",
  "CheckSpecVersion",
  "CheckTxVersion",
  "CheckGenesis",
  "CheckMortality",
  "CheckNonce",
  "CheckWeight",
  "ChargeTransactionPayment",
  "CheckMetadataHash",
].join();

/** Functions of the runtime that look at no state and take no arguments. */
const CONSTANT_FUNCTIONS = ["Core_version", "Metadata_metadata_versions", "AuraApi_slot_duration"];

/** The `:code` of a chain (see `code`). */
export function chainCode(chain: CollatorChain): Uint8Array {
  return buildCode(chain.composition.version, lightClientContents(chain));
}

/** What the module says of a chain whose voters light clients ask for. */
export function lightClientContents(chain: CollatorChain): LightClientContents {
  const {composition, config, metadataHash, system, session, aura, grandpa, transactionPayment} =
    chain;
  const {extensions, version} = composition;
  invariant(extensions.map(({identifier}) => identifier).join() === EXTENSIONS, "known extensions");
  invariant(config.session.offset === 0, "sessions begin with block 0");
  invariant(grandpa !== undefined, "a chain for light clients has finality");
  invariant(metadataHash !== undefined, "its last extension knows the metadata's hash");
  const ask = askConstants(chain);
  const key = ({key}: {key: string}) => binaryToBytes(key);
  const prefix = ({prefix}: {prefix: string}) => binaryToBytes(prefix);
  return {
    constantAnswers: new Map(CONSTANT_FUNCTIONS.map(name => [name, ask(name)])),
    metadata: new Map(
      METADATA_VERSIONS.map(number => [
        number,
        ask("Metadata_metadata_at_version", encode(u32, number)),
      ]),
    ),
    storage: {
      number: key(system.storage.number),
      blockHash: prefix(system.storage.blockHash),
      account: prefix(system.storage.account),
      auraAuthorities: key(aura.storage.authorities),
      grandpaAuthorities: binaryToBytes(GRANDPA_AUTHORITIES_KEY),
      grandpaSetId: key(grandpa.storage.currentSetId),
      sessionIndex: key(session.storage.currentIndex),
      validators: key(session.storage.validators),
      queuedKeys: key(session.storage.queuedKeys),
      nextFeeMultiplier: key(transactionPayment.storage.nextFeeMultiplier),
    },
    session: {
      period: config.session.period,
      keyTypes: config.session.keyTypes.map(({id}) => id),
    },
    call: composition.runtimeCall.info,
    address: multiAddress.info,
    signature: multiSignature.info,
    specVersion: version.specVersion,
    transactionVersion: version.transactionVersion,
    metadataHash: metadataHash(),
    fixedCalls: fixedCalls(chain),
    classes: [
      classLimits(chain, "Normal"),
      classLimits(chain, "Operational"),
      classLimits(chain, "Mandatory"),
    ],
    fees: {
      perByte: config.fee.feePerByte,
      perBillionRefTime: config.fee.feePerBillionRefTime,
      maxRefTime: config.blockWeights.maxBlock.refTime,
      operationalMultiplier: config.operationalFeeMultiplier,
      multiplierFallback: transactionPayment.storage.nextFeeMultiplier.get(emptyState()),
    },
    existentialDeposit: config.existentialDeposit,
  };
}

const emptyState = () => new Overlay(memoryState([], () => new Uint8Array(32)));

/** The runtime's own answers, which therefore cannot differ from the module's. */
function askConstants(chain: CollatorChain) {
  const runtime = createRuntime(chain);
  const host = {state: emptyState(), verifySignature: () => false};
  return (name: string, args: Uint8Array = new Uint8Array(0)): Uint8Array => {
    const answer = runtime.call(name, args, host);
    invariant(answer.ok, `${name} answers on any state`);
    return answer.value;
  };
}

function classLimits(
  {config, transactionPayment}: CollatorChain,
  which: DispatchClass,
): ClassLimits {
  const {baseExtrinsic} = ofClass(config.blockWeights.perClass, which);
  return {
    maxLength: ofClass(config.blockLength.max, which),
    baseFee: transactionPayment.fees.weightToFee(baseExtrinsic),
  };
}

/** Thrown by arguments that are looked at. */
const LOOKED_AT = new Error("the weight depends on the arguments");
const NO_ARGUMENTS: unknown = new Proxy(
  {},
  {
    get() {
      throw LOOKED_AT;
    },
  },
);

/** Weight, class and fee of a call, if it has the same whatever its arguments are. */
function fixedInfo(call: {info(args: unknown): DispatchInfo}): DispatchInfo | undefined {
  try {
    return call.info(NO_ARGUMENTS);
  } catch (error) {
    if (error === LOOKED_AT) return undefined;
    throw error;
  }
}

function fixedCalls({composition, config, transactionPayment}: CollatorChain): FixedCall[] {
  const {maxBlock, perClass} = config.blockWeights;
  return composition.pallets.flatMap(pallet =>
    (pallet.calls ?? []).flatMap(call => {
      const info = fixedInfo(call);
      if (info === undefined) return [];
      invariant(info.paysFee === "Yes", "whether a call is free is known after it ran");
      const bounded = minWeight(maxWeight(info.weight, weightOf(1n, 1n)), maxBlock);
      const byTime = maxBlock.refTime / bounded.refTime;
      const byProof = maxBlock.proofSize / bounded.proofSize;
      const {maxExtrinsic} = ofClass(perClass, info.class);
      return {
        pallet: pallet.index,
        call: call.index,
        class: info.class,
        weightAndClass: concatBytes(encode(weight, info.weight), encode(dispatchClass, info.class)),
        weightFee: transactionPayment.fees.weightToFee(info.weight),
        fitsIntoBlock: maxExtrinsic === undefined || !exceedsAny(info.weight, maxExtrinsic),
        countByWeight: byTime < byProof ? byTime : byProof,
      };
    }),
  );
}
