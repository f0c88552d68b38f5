import {randomBytes} from "node:crypto";
import {SchnorrkelInstance} from "../schnorrkel-instance.ts";

/** What schnorrkel says, in the WebAssembly that also signs; whatever it panics on does not hold. The tests' oracle. */
export function createSchnorrkelVerifier(): (
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
) => boolean {
  let instance: SchnorrkelInstance | undefined;
  return (signature, message, publicKey) => {
    instance ??= new SchnorrkelInstance(randomBytes);
    try {
      return instance.verify(publicKey, message, signature);
    } catch {
      // A panic unwinds nothing: the instance can no longer be trusted.
      instance = undefined;
      return false;
    }
  };
}
