import {bytesToBinary, err, ok, type Result} from "#base";

const MAGIC = "\0asm\x01\0\0\0";

/** Why a blob is not a WebAssembly module that can be walked through. */
export type WasmFailure = "not-wasm" | "truncated" | "too-many-sections";

/** A module has a dozen kinds of its own, and toolchains add a few: more than this is somebody's attempt at our memory. */
const MAX_SECTIONS = 256;

/** One section of a module; custom sections have id 0 and a name. */
export interface WasmSection {
  readonly id: number;
  readonly name: string | undefined;
  readonly content: Uint8Array;
}

/** Numbers of a module are LEB128: seven bits a byte, low first, at most five bytes for a u32. */
function readLeb(bytes: Uint8Array, start: number): {value: number; next: number} | undefined {
  let value = 0;
  for (let i = 0; i < 5; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return {value, next: start + i + 1};
  }
  return undefined;
}

/** The sections of a WebAssembly module, not looked into. */
export function wasmSections(module: Uint8Array): Result<WasmSection[], WasmFailure> {
  if (bytesToBinary(module.subarray(0, 8)) !== MAGIC) return err("not-wasm");
  const sections: WasmSection[] = [];
  let offset = 8;
  while (offset < module.length) {
    if (sections.length === MAX_SECTIONS) return err("too-many-sections");
    const id = module[offset]!;
    const size = readLeb(module, offset + 1);
    if (size === undefined || size.next + size.value > module.length) return err("truncated");
    const end = size.next + size.value;
    if (id === 0) {
      const length = readLeb(module, size.next);
      if (length === undefined || length.next + length.value > end) return err("truncated");
      const contentStart = length.next + length.value;
      const name = bytesToBinary(module.subarray(length.next, contentStart));
      sections.push({id, name, content: module.subarray(contentStart, end)});
    } else {
      sections.push({id, name: undefined, content: module.subarray(size.next, end)});
    }
    offset = end;
  }
  return ok(sections);
}

/** With which every module begins. */
export const WASM_HEADER = Uint8Array.from(MAGIC, char => char.charCodeAt(0));
