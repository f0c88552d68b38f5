import {bytesToBinary, err, ok, type Result} from "#base";
import {bytes, encode, vec} from "#codec";
import type {LightRequest, LightResponse, Refusal} from "#network";
import {CODE_KEY, HEAP_PAGES_KEY} from "#primitives";
import {Overlay, type StateView} from "#state";
import type {Blockchain} from "../chain/blockchain.ts";
import {recordingState} from "./recording-state.ts";

const proofCodec = vec(bytes);

/**
 * Answers light/2: the trie nodes by which a light client can check what it read, or can run a call of the runtime
 * by itself (spec/network §1.5). A block whose state is not here is answered with no proof.
 */
export function serveLight(
  chain: Blockchain,
  request: LightRequest,
): Result<LightResponse, Refusal> {
  if (request.kind === "read-child") return ok({kind: "read", proof: undefined});
  const state = chain.state(request.block);
  const {kind} = request;
  if (kind === "read") {
    if (request.keys.length === 0) return err({code: "refused", report: "light-request-invalid"});
    return ok({kind, proof: state && prove(state, request.keys.map(bytesToBinary))});
  }
  return ok({kind, proof: state && proveCall(chain, state, request)});
}

function prove(state: StateView, keys: Iterable<string>): Uint8Array {
  return encode(proofCodec, state.trie.prove(keys));
}

/**
 * Runs the call as the asker will, by the code itself, and proves all that it looked at; a call that fails
 * looked at something too. Signatures are the asker's to check: taken on trust here, they only lead further.
 */
function proveCall(
  chain: Blockchain,
  state: StateView,
  {method, data}: LightRequest & {kind: "call"},
): Uint8Array | undefined {
  const runtime = chain.runtimeOf(state);
  if (!runtime.ok) return undefined;
  const {view, keys} = recordingState(state);
  const host = {state: new Overlay(view), verifySignature: () => true};
  if (runtime.value.callCode === undefined) runtime.value.call(method, data, host);
  else runtime.value.callCode(method, data, host);
  return prove(state, [...keys, CODE_KEY, HEAP_PAGES_KEY]);
}
