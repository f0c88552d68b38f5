import {trap} from "../frame/index.ts";

const PAGE = 65_536;
const ALIGNMENT = 8;
/** 128 MiB, what Substrate gives a runtime call too; a call that wants more is broken. */
const MAX_MEMORY = 128 * 1_024 * 1_024;

/** A module's memory as its host sees it: bytes in, bytes out, and room above `__heap_base`, never given back. */
export class CodeMemory {
  readonly #memory: WebAssembly.Memory;
  #free: number;

  constructor(memory: WebAssembly.Memory, heapBase: number) {
    this.#memory = memory;
    this.#free = heapBase;
  }

  /** A copy of these bytes. */
  read(address: number, length: number): Uint8Array {
    const {buffer} = this.#memory;
    const start = address >>> 0;
    if (start + length > buffer.byteLength)
      return trap(`${length} bytes at ${start} are no memory`);
    return new Uint8Array(buffer, start, length).slice();
  }

  /** The bytes that an i64 stands for: `length << 32 | address`. */
  readSpan(span: bigint): Uint8Array {
    const bits = BigInt.asUintN(64, span);
    return this.read(Number(bits & 0xffff_ffffn), Number(bits >> 32n));
  }

  /** Puts bytes into memory of their own and says where. */
  write(bytes: Uint8Array): number {
    const address = this.allocate(bytes.length);
    new Uint8Array(this.#memory.buffer).set(bytes, address);
    return address;
  }

  writeSpan(bytes: Uint8Array): bigint {
    return (BigInt(bytes.length) << 32n) | BigInt(this.write(bytes));
  }

  allocate(size: number): number {
    const address = Math.ceil(this.#free / ALIGNMENT) * ALIGNMENT;
    const end = address + (size >>> 0);
    if (end > MAX_MEMORY) return trap(`${size >>> 0} bytes are more than a call may use`);
    const missing = end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    this.#free = end;
    return address;
  }
}
