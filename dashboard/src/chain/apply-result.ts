import {hexToBytes} from "./bytes.ts";
import type {ChainRuntime} from "./chain-runtime.ts";
import {dispatchErrorText} from "./dispatch-error.ts";

/** What became of a transaction that was tried out. */
export interface Applied {
  /** Why it would not work; undefined where it would. */
  readonly failure: string | undefined;
  /** It would not come into a block at all. */
  readonly isRefused: boolean;
}

interface Outcome {
  readonly success: boolean;
  readonly value: unknown;
}

/** What `BlockBuilder_apply_extrinsic` answers, in words; undefined where nobody says what its bytes mean. */
export function readApplied(answer: string, runtime: ChainRuntime): Applied | undefined {
  const bytes = hexToBytes(answer);
  const {builder, metadata} = runtime;
  const api = metadata.apis.find(({name}) => name === "BlockBuilder");
  const output = api?.methods.find(({name}) => name === "apply_extrinsic")?.output;
  if (output === undefined) return readUndescribed(bytes, runtime);
  const applied = builder.buildDefinition(output).dec(bytes) as Outcome;
  if (!applied.success) return {failure: dispatchErrorText(applied.value), isRefused: true};
  const dispatched = applied.value as Outcome;
  const failure = dispatched.success ? undefined : dispatchErrorText(dispatched.value);
  return {failure, isRefused: false};
}

/**
 * Metadata 13 and 14 describe no functions of a runtime. That a result is in a result is the same for all of them; only the
 * error within is the chain's own, and that it describes, as its events hold it.
 */
function readUndescribed(
  bytes: Uint8Array,
  {metadata, builder}: ChainRuntime,
): Applied | undefined {
  const [outer, inner] = bytes;
  if (outer === 1) return {failure: refusalText(bytes), isRefused: true};
  if (outer !== 0) return undefined;
  if (inner === 0) return {failure: undefined, isRefused: false};
  const error = metadata.lookup.find(({path}) => DISPATCH_ERROR.includes(path.join("::")));
  if (inner !== 1 || error === undefined) return undefined;
  const decoded = builder.buildDefinition(error.id).dec(bytes.slice(2));
  return {failure: dispatchErrorText(decoded), isRefused: false};
}

/** What an event holds of why a call failed; metadata 13 has no paths. */
const DISPATCH_ERROR = ["sp_runtime::DispatchError", "DispatchError"];

/** Cases of `sp_runtime::transaction_validity::InvalidTransaction`, by their indices. */
const INVALID = [
  "Call",
  "Payment",
  "Future",
  "Stale",
  "BadProof",
  "AncientBirthBlock",
  "ExhaustsResources",
  "Custom",
  "BadMandatory",
  "MandatoryValidation",
  "BadSigner",
];

function refusalText([, kind, which]: Uint8Array): string {
  if (kind !== 0 || which === undefined) return "Unknown";
  return `Invalid.${INVALID[which] ?? which}`;
}
