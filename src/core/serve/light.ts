import {bytesToBinary, err, ok, type Result} from "#base";
import {bytes, encode, vec} from "#codec";
import type {LightRequest, LightResponse, Refusal} from "#network";
import {CODE_KEY, HEAP_PAGES_KEY} from "#primitives";
import type {RuntimeHost} from "#runtime-api";
import {childNameOf, Overlay, ProofRecorder, type StateView} from "#state";
import type {Blockchain} from "../chain/blockchain.ts";

const proofCodec = vec(bytes);

/**
 * Milliseconds for a call. Which function is called, and over what, a stranger decides, and some runtimes have functions that
 * take as long as they are told to; what light clients ask for takes a few.
 */
const PATIENCE = 500;

/**
 * Answers light/2: the trie nodes by which a light client can check what it read, or can run a call of the runtime
 * by itself (spec/network §1.5). A block whose state is not here is answered with no proof.
 */
export function serveLight(
  chain: Blockchain,
  signatures: Pick<RuntimeHost, "verifySignature">,
  request: LightRequest,
): Result<LightResponse, Refusal> {
  const state = chain.state(request.block);
  if (request.kind === "call") {
    return ok({kind: "call", proof: state && proveCall(chain, signatures, state, request)});
  }
  if (request.keys.length === 0) return err({code: "refused", report: "light-request-invalid"});
  return ok({kind: "read", proof: state && proveRead(state, request)});
}

/** Undefined where the key under which a child trie is asked for is that of none. */
function proveRead(
  state: StateView,
  request: Exclude<LightRequest, {kind: "call"}>,
): Uint8Array | undefined {
  const keys = request.keys.map(bytesToBinary);
  if (request.kind === "read") return encode(proofCodec, state.prove(keys));
  const child = childNameOf(bytesToBinary(request.storageKey));
  return child === undefined ? undefined : encode(proofCodec, state.prove([], [[child, keys]]));
}

/**
 * Runs the call as the asker will, by the code itself, and proves all that it looked at; a call that fails
 * looked at something too.
 */
function proveCall(
  chain: Blockchain,
  signatures: Pick<RuntimeHost, "verifySignature">,
  state: StateView,
  {method, data}: LightRequest & {kind: "call"},
): Uint8Array | undefined {
  const runtime = chain.runtimeOf(state);
  if (!runtime.ok) return undefined;
  const recorder = new ProofRecorder();
  const view = state.recorded(recorder);
  view.get(CODE_KEY);
  view.get(HEAP_PAGES_KEY);
  const {callCode, takesPromises} = runtime.value;
  // Taken on trust, they only lead further; a runtime that may branch on one is told the truth, as the asker will.
  const {verifySignature} = takesPromises === true ? {verifySignature: () => true} : signatures;
  const host = {state: new Overlay(view), verifySignature, patience: PATIENCE, isAsked: true};
  if (callCode === undefined) runtime.value.call(method, data, host);
  else callCode(method, data, host);
  return encode(proofCodec, recorder.proof());
}
