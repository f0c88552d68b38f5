import type {RandomBytes} from "#crypto";
import {schnorrkelImports} from "./schnorrkel-imports.ts";
import {schnorrkelModule} from "./wasm-modules.ts";

/** Arguments are a pointer and a length each; every buffer passed in is freed by the callee. */
interface SchnorrkelExports {
  readonly memory: WebAssembly.Memory;
  readonly sr25519_verify: (...keyMessageSignature: number[]) => number;
  readonly sr25519_sign: (result: number, ...keySecretMessage: number[]) => void;
  readonly sr25519_pubkey: (result: number, ...secret: number[]) => void;
  readonly __wbindgen_malloc: (length: number, align: number) => number;
  readonly __wbindgen_free: (pointer: number, length: number, align: number) => void;
  readonly __wbindgen_add_to_stack_pointer: (difference: number) => number;
}

/** Bytes on the stack for a returned pointer and length; 16 keeps the stack aligned. */
const RESULT_SLOT = 16;

/**
 * One instance of schnorrkel's WebAssembly. The package's own JavaScript keeps a single instance for ever, in
 * which each malformed key or signature is a Rust panic that leaks stack; some 1,200 of them and nothing
 * verifies any more. So here whoever sees a method throw must drop the instance and make another (240 µs).
 */
export class SchnorrkelInstance {
  readonly #exports: SchnorrkelExports;

  constructor(randomBytes: RandomBytes) {
    const module = schnorrkelModule();
    const imports = schnorrkelImports(module, () => this.#exports.memory, randomBytes);
    this.#exports = new WebAssembly.Instance(module, imports)
      .exports as unknown as SchnorrkelExports;
  }

  /** WebAssembly memory never shrinks: a long message stays with the instance as empty space. */
  get memoryBytes(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  /** For tests: `sr25519` verifies in the program. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
    const key = this.#pass(publicKey);
    const text = this.#pass(message);
    const proof = this.#pass(signature);
    return this.#exports.sr25519_verify(...key, ...text, ...proof) !== 0;
  }

  /** `secret`: the 64-byte expanded key. */
  sign(publicKey: Uint8Array, secret: Uint8Array, message: Uint8Array): Uint8Array {
    const key = this.#pass(publicKey);
    const secretKey = this.#pass(secret);
    const text = this.#pass(message);
    return this.#returned(slot => this.#exports.sr25519_sign(slot, ...key, ...secretKey, ...text));
  }

  publicKeyOf(secret: Uint8Array): Uint8Array {
    const secretKey = this.#pass(secret);
    return this.#returned(slot => this.#exports.sr25519_pubkey(slot, ...secretKey));
  }

  #pass(bytes: Uint8Array): [pointer: number, length: number] {
    const pointer = this.#exports.__wbindgen_malloc(bytes.length, 1) >>> 0;
    new Uint8Array(this.#exports.memory.buffer).set(bytes, pointer);
    return [pointer, bytes.length];
  }

  #returned(call: (slot: number) => void): Uint8Array {
    const slot = this.#exports.__wbindgen_add_to_stack_pointer(-RESULT_SLOT);
    call(slot);
    const view = new DataView(this.#exports.memory.buffer);
    const pointer = view.getUint32(slot, true);
    const length = view.getUint32(slot + 4, true);
    const bytes = new Uint8Array(view.buffer, pointer, length).slice();
    this.#exports.__wbindgen_free(pointer, length, 1);
    this.#exports.__wbindgen_add_to_stack_pointer(RESULT_SLOT);
    return bytes;
  }
}
