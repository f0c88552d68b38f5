import {type BinaryString, binaryToBytes, bytesToBinary, unwrap} from "#base";
import {createPortableHashing, createPortableSignatureVerifier} from "#crypto";
import type {RuntimeHost} from "#runtime-api";
import {memoryState, Overlay} from "#state";
import {type Code, drop, i32, i64, ModuleWriter, type ValueType} from "#wasm";
import {HOST_FUNCTIONS, type HostFunction, type HostServices, wasmType} from "../host/index.ts";
import {type InstanceOptions, RuntimeInstance} from "../instance/index.ts";
import type {GuestMemory} from "../memory/index.ts";
import {type PreparedModule, prepareModule} from "../module/index.ts";

export const hashing = createPortableHashing();
export const services: HostServices = {
  hashing,
  signatures: createPortableSignatureVerifier(),
  versionOf: () => undefined,
};

/** Where runtimes keep their data: above their stack. */
const DATA_START = 1_048_576;
export const HEAP_PAGES = 16;
const I32 = 0x7f;

/** A writer of modules that lie in memory as runtimes do. */
export const guestWriter = (): ModuleWriter =>
  new ModuleWriter({importedMemory: {name: "memory", pages: 17}, dataStart: DATA_START});

export const prepared = (writer: ModuleWriter): PreparedModule =>
  unwrap(prepareModule(writer.finish()));

const valueTypes = (bytes: readonly number[]): ValueType[] =>
  bytes.map(byte => (byte === I32 ? "i32" : "i64"));

/** Declares the import of a host function with the type that runtimes do. */
export function importHost(writer: ModuleWriter, described: HostFunction) {
  const {params, results} = wasmType(described);
  const [result] = valueTypes(results);
  return writer.importFunction(described.name, valueTypes(params), result);
}

/** Of each parameter in the arguments of a function of `fuzzedGuest`: the value, and whether it counts from the arguments on. */
export const FUZZED_PARAMETER = 16;

/**
 * A module whose functions, under the names of host functions, call these with whatever stands in their arguments, and answer
 * nothing.
 */
export function fuzzedGuest(): Uint8Array {
  const writer = guestWriter();
  const imported = HOST_FUNCTIONS.map(
    described => [described, importHost(writer, described)] as const,
  );
  for (const [described, target] of imported) {
    const {params, results} = wasmType(described);
    const run = writer.define(["i32", "i32"], "i64", ({params: [args]}) => {
      const given = valueTypes(params).map((type, i) => {
        const at = i * FUZZED_PARAMETER;
        const base = i64.mul(i64.load(args.get, at + 8), i64.extend(args.get));
        const value = i64.add(i64.load(args.get, at), base);
        return type === "i32" ? i32.low(value) : value;
      });
      const called = target.call(...given);
      return [...(results.length === 0 ? called : drop(called)), ...i64.const(0n)];
    });
    writer.exportFunction(described.name, run);
  }
  writer.exportFunction(
    "Core_version",
    writer.define(["i32", "i32"], "i64", () => i64.const(0n)),
  );
  return writer.finish();
}

/** A module that offers each host function under its own name. */
function echo(): PreparedModule {
  const writer = guestWriter();
  const imported = HOST_FUNCTIONS.map(
    described => [described, importHost(writer, described)] as const,
  );
  for (const [described, target] of imported) {
    const {params, results} = wasmType(described);
    const [result] = valueTypes(results);
    const passed = writer.define(valueTypes(params), result, frame => {
      const args: Code[] = frame.params.map(({get}) => get);
      return target.call(...args);
    });
    writer.exportFunction(described.name, passed);
  }
  return prepared(writer);
}

const ECHO = echo();

export function hostOf(
  entries: Iterable<readonly [BinaryString, Uint8Array]> = [],
  more: Partial<RuntimeHost> = {},
): RuntimeHost & {readonly state: Overlay} {
  const state = new Overlay(memoryState(entries, data => hashing.blake2b256(data)));
  const verifySignature: RuntimeHost["verifySignature"] = request =>
    services.signatures.verify(request.scheme, request.signature, request.message, request.account);
  return {verifySignature, ...more, state};
}

/** A call in which a test is the runtime: it calls host functions as a module does, by way of one. */
export class Guest {
  readonly #exports: Readonly<Record<string, unknown>>;
  readonly memory: GuestMemory;

  constructor(exports: Readonly<Record<string, unknown>>, memory: GuestMemory) {
    this.#exports = exports;
    this.memory = memory;
  }

  /** Runs within one call of an instance. */
  static run<T>(
    host: RuntimeHost,
    work: (guest: Guest) => T,
    options: Partial<InstanceOptions> = {},
  ): T {
    const instance = new RuntimeInstance(ECHO, {services, heapPages: HEAP_PAGES, ...options});
    return instance.run(host, (exports, memory) => work(new Guest(exports, memory)));
  }

  /** `length << 32 | address` of bytes put into memory. */
  span(bytes: Uint8Array | BinaryString): bigint {
    const placed = typeof bytes === "string" ? binaryToBytes(bytes) : bytes;
    return (BigInt(placed.length) << 32n) | BigInt(this.memory.place(placed));
  }

  read(span: bigint): Uint8Array {
    const bits = BigInt.asUintN(64, span);
    return this.memory.copy(Number(bits & 0xffff_ffffn), Number(bits >> 32n));
  }

  /** `name` without `ext_`; arguments as wasm has them. */
  raw(name: string, ...args: (number | bigint)[]): number | bigint | undefined {
    const run = this.#exports[`ext_${name}`] as (
      ...args: (number | bigint)[]
    ) => number | bigint | undefined;
    return run(...args);
  }

  /** The same with strings and bytes as spans. */
  call(name: string, ...args: (number | bigint | Uint8Array | BinaryString)[]) {
    const passed = args.map(arg =>
      typeof arg === "number" || typeof arg === "bigint" ? arg : this.span(arg),
    );
    return this.raw(name, ...passed);
  }

  /** Of functions that answer with a span. */
  bytes(name: string, ...args: (number | bigint | Uint8Array | BinaryString)[]): Uint8Array {
    return this.read(this.call(name, ...args) as bigint);
  }

  /** Of functions that answer with the address of so many bytes. */
  fixed(
    length: number,
    name: string,
    ...args: (number | bigint | Uint8Array | BinaryString)[]
  ): Uint8Array {
    return this.memory.copy(this.call(name, ...args) as number, length);
  }

  key(name: string, ...args: (number | bigint | Uint8Array | BinaryString)[]): string {
    return bytesToBinary(this.bytes(name, ...args));
  }
}
