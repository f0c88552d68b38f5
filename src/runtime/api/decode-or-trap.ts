import {type Composition, decodeExtrinsic, type Extrinsic} from "../executive/index.ts";
import {trap} from "../frame/index.ts";

/** An extrinsic among the arguments of a call. Upstream's runtimes panic where it does not decode, and so do ours. */
export function decodeOrTrap(bytes: Uint8Array, composition: Composition): Extrinsic {
  const decoded = decodeExtrinsic(bytes, composition.extensions, composition.runtimeCall);
  return decoded.ok ? decoded.value : trap(`extrinsic does not decode: ${decoded.error.message}`);
}
