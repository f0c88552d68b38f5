import type {RandomBytes} from "#crypto";

/** wasm-bindgen never drops the handles below this one: they stand for constants of its own. */
const FIRST_HANDLE = 132;

/** Rust panicked: the instance is spoiled, since nothing was unwound. */
export class SchnorrkelPanic extends Error {}

/**
 * What schnorrkel's WebAssembly calls on its host. Of what wasm-bindgen lists, only two paths are ever taken:
 * a panic first creates an `Error` to print its stack, and the first signature seeds Rust's generator by
 * `self.crypto.getRandomValues`. Both are played here, and any other call is a bug.
 */
export function schnorrkelImports(
  module: WebAssembly.Module,
  memory: () => WebAssembly.Memory,
  randomBytes: RandomBytes,
): WebAssembly.Imports {
  const handles = new Map<number, unknown>();
  let nextHandle = FIRST_HANDLE;
  const hold = (value: unknown): number => {
    handles.set(nextHandle, value);
    return nextHandle++;
  };
  const bytesAt = (handle: number): Uint8Array => handles.get(handle) as Uint8Array;
  const host: Readonly<Record<string, (...args: number[]) => unknown>> = {
    __wbg_new_abda76e883ba8a5f: () => {
      throw new SchnorrkelPanic("schnorrkel panicked");
    },
    __wbg_self: () => hold({}),
    __wbg_crypto: () => hold({}),
    __wbindgen_is_undefined: handle => Number(handles.get(handle!) === undefined),
    __wbindgen_is_object: handle => Number(typeof handles.get(handle!) === "object"),
    __wbindgen_object_clone_ref: handle => hold(handles.get(handle!)),
    __wbindgen_object_drop_ref: handle => handles.delete(handle!),
    __wbindgen_memory: () => hold(memory()),
    __wbg_buffer: handle => hold((handles.get(handle!) as WebAssembly.Memory).buffer),
    __wbg_new_8f67e318f15d7254: handle => hold(new Uint8Array(handles.get(handle!) as ArrayBuffer)),
    __wbg_newwithlength: length => hold(new Uint8Array(length!)),
    __wbg_subarray: (handle, begin, end) => hold(bytesAt(handle!).subarray(begin, end)),
    __wbg_set: (target, source, offset) => bytesAt(target!).set(bytesAt(source!), offset),
    __wbg_getRandomValues: (_crypto, handle) => {
      const bytes = bytesAt(handle!);
      bytes.set(randomBytes(bytes.length));
    },
  };
  const imports: Record<string, unknown> = {};
  for (const {name} of WebAssembly.Module.imports(module)) {
    imports[name] = host[name] ?? host[withoutHash(name)] ?? unexpected(name);
  }
  return {__wbindgen_placeholder__: imports};
}

/** wasm-bindgen ends most names with a hash of the binding's signature. */
const withoutHash = (name: string): string => name.replace(/_[0-9a-f]{16}$/, "");

const unexpected = (name: string) => () => {
  throw new SchnorrkelPanic(`schnorrkel called ${name}`);
};
