import {secp256k1Module} from "./wasm-modules.ts";

/** Arguments are a pointer and a length each; every buffer passed in is freed by the callee. */
interface Secp256k1Exports {
  readonly memory: WebAssembly.Memory;
  readonly ext_secp_recover: (
    result: number,
    hash: number,
    hashLength: number,
    signature: number,
    signatureLength: number,
    recoveryId: number,
  ) => void;
  readonly __wbindgen_malloc: (length: number) => number;
  readonly __wbindgen_free: (pointer: number, length: number) => void;
  readonly __wbindgen_add_to_stack_pointer: (difference: number) => number;
}

/** Bytes on the stack for a returned pointer and length; 16 keeps the stack aligned. */
const RESULT_SLOT = 16;

/** Compressed, with the sign of y first (SEC 1 §2.3.3). */
const KEY_LENGTH = 33;

/**
 * One instance of libsecp256k1's WebAssembly. A malformed signature is a Rust panic in it, which leaks stack: whoever
 * sees a method throw must drop the instance and make another.
 */
export class Secp256k1Instance {
  readonly #exports: Secp256k1Exports;

  constructor() {
    const module = secp256k1Module();
    const wbg: Record<string, () => never> = {};
    // Recovering needs nothing of its host: no randomness, no objects.
    for (const {name} of WebAssembly.Module.imports(module)) {
      wbg[name] = () => {
        throw new Error(`secp256k1 called ${name}`);
      };
    }
    this.#exports = new WebAssembly.Instance(module, {wbg}).exports as unknown as Secp256k1Exports;
  }

  /** `signature`: 64 bytes; `hash`: 32. Throws for what no key can have signed. */
  recover(signature: Uint8Array, recoveryId: number, hash: Uint8Array): Uint8Array {
    const slot = this.#exports.__wbindgen_add_to_stack_pointer(-RESULT_SLOT);
    this.#exports.ext_secp_recover(slot, ...this.#pass(hash), ...this.#pass(signature), recoveryId);
    const view = new DataView(this.#exports.memory.buffer);
    const pointer = view.getUint32(slot, true);
    const length = view.getUint32(slot + 4, true);
    const key = new Uint8Array(view.buffer, pointer, length).slice();
    this.#exports.__wbindgen_free(pointer, length);
    this.#exports.__wbindgen_add_to_stack_pointer(RESULT_SLOT);
    if (key.length !== KEY_LENGTH) throw new Error(`a key of ${key.length} bytes`);
    return key;
  }

  #pass(bytes: Uint8Array): [pointer: number, length: number] {
    const pointer = this.#exports.__wbindgen_malloc(bytes.length) >>> 0;
    new Uint8Array(this.#exports.memory.buffer).set(bytes, pointer);
    return [pointer, bytes.length];
  }
}
