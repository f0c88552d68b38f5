import {err, ok, type Result} from "#base";
import {
  type AccountId,
  type ApplyExtrinsicResult,
  type DispatchInfo,
  invalid,
  type ValidityError,
} from "#primitives";
import type {RuntimeHost} from "#runtime-api";
import type {Externalities} from "#state";
import type {DispatchResult, Origin} from "../frame/index.ts";
import {checkSignature} from "./check.ts";
import type {Composition} from "./composition.ts";
import type {Extrinsic} from "./extrinsic.ts";

/** Runs one extrinsic of a block (spec/pallets §4.2). On a validity error the caller discards all changes. */
export function applyExtrinsic(
  host: RuntimeHost,
  composition: Composition,
  extrinsic: Extrinsic,
): ApplyExtrinsicResult {
  const {state} = host;
  const {system, dispatcher, baseFilter} = composition;
  const signer = checkSignature(host, composition, extrinsic);
  if (!signer.ok) return signer;
  system.block.noteExtrinsic(state, extrinsic.bytes);
  const info = extrinsic.call.call.info(extrinsic.call.args);
  const pre = preDispatch(state, composition, extrinsic, signer.value, info);
  if (!pre.ok) return pre;
  const origin: Origin = {
    caller: signer.value === undefined ? {type: "None"} : {type: "Signed", value: signer.value},
    filter: baseFilter,
  };
  const result = dispatcher.dispatch(state, origin, extrinsic.call);
  postDispatch(state, composition, {info, pre: pre.value, result, length: extrinsic.bytes.length});
  if (!result.ok && info.class === "Mandatory") return err(invalid("BadMandatory"));
  system.block.noteAppliedExtrinsic(state, result, info);
  return ok(result.ok ? ok(undefined) : err(result.error.error));
}

/** What each extension handed over for afterwards; undefined for an extrinsic without a signer. */
function preDispatch(
  state: Externalities,
  {extensions}: Composition,
  {call, signed, bytes}: Extrinsic,
  who: AccountId | undefined,
  info: DispatchInfo,
): Result<unknown[] | undefined, ValidityError> {
  const {length} = bytes;
  if (who === undefined || signed === undefined) {
    for (const extension of extensions) {
      const checked = extension.preDispatchUnsigned?.(state, {call, info, length});
      if (checked !== undefined && !checked.ok) return checked;
    }
    return ok(undefined);
  }
  const pre: unknown[] = [];
  for (let i = 0; i < extensions.length; i++) {
    const input = {call, info, length, who, extra: signed.extra[i]};
    const result = extensions[i]!.preDispatch?.(state, input);
    if (result !== undefined && !result.ok) return result;
    pre.push(result?.value);
  }
  return ok(pre);
}

function postDispatch(
  state: Externalities,
  {extensions}: Composition,
  after: {
    info: DispatchInfo;
    pre: unknown[] | undefined;
    result: DispatchResult;
    length: number;
  },
): void {
  const {info, pre, result, length} = after;
  const post = result.ok ? result.value : result.error.post;
  for (let i = 0; i < extensions.length; i++) {
    extensions[i]!.postDispatch?.(state, {pre: pre?.[i], info, post, length, result});
  }
}
