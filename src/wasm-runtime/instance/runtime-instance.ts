import {invariant} from "#base";
import type {RuntimeHost} from "#runtime-api";
import {canHelp, createHelper} from "../helper/index.ts";
import {
  bindImport,
  CallContext,
  type HostServices,
  hostFunctionFor,
  missingFunction,
} from "../host/index.ts";
import {type Allocator, FreeingBumpAllocator, GuestMemory} from "../memory/index.ts";
import type {PreparedModule} from "../module/index.ts";

type ApiFunction = (address: number, length: number) => bigint;

export interface InstanceOptions {
  readonly services: HostServices;
  /** Pages of heap beside what the module declares. */
  readonly heapPages: number;
  /** Whether a module beside it may do a part of the host's work; a module that owns its memory has none. True if not said. */
  readonly isHelped?: boolean;
}

/**
 * An instance of a runtime with its memory. Upstream makes one for each call; here one serves many, since before each call
 * the bytes between the first that the module brought and the heap are what they were when it was made, and the heap is
 * empty again. What is not in memory is not put back: after an exception it has to be renewed before it is used again.
 */
export class RuntimeInstance {
  readonly context: CallContext;
  readonly #module: WebAssembly.Module;
  /** What is imported: the memory, and what stands between it and the host. */
  readonly #env: Readonly<Record<string, unknown>>;
  /** Whether another instance could lie in the same memory: not where it is the module's, or is written when one is made. */
  readonly isRenewable: boolean;
  #exports: Record<string, unknown>;
  readonly #allocator: Allocator;
  readonly #memory: Uint8Array;
  readonly #dataStart: number;
  /** The bytes from there to the heap, as the module brought them. */
  readonly #data: Uint8Array;

  constructor(prepared: PreparedModule, {services, heapPages, isHelped = true}: InstanceOptions) {
    const {memory} = prepared;
    const pages = memory.minimum + heapPages;
    const imported = memory.isImported
      ? new WebAssembly.Memory({initial: pages, maximum: pages})
      : undefined;
    const context = new CallContext(services);
    const helper =
      imported === undefined || !isHelped || !canHelp(pages)
        ? undefined
        : createHelper(imported, context);
    const env: Record<string, unknown> = imported === undefined ? {} : {[memory.name!]: imported};
    for (const one of prepared.functions) {
      const described = hostFunctionFor(one);
      env[one.name] =
        described === undefined
          ? missingFunction(one.name)
          : (helper?.functions[one.name] ?? bindImport(described, context));
    }
    this.#module = prepared.module;
    this.#env = env;
    this.isRenewable = imported !== undefined && !prepared.hasStart;
    this.#exports = this.#instantiated();
    const own = imported ?? (this.#exports.memory as WebAssembly.Memory);
    if (imported === undefined) own.grow(heapPages);
    const {buffer} = own;
    const heapBase = (this.#exports.__heap_base as {value: number}).value >>> 0;
    helper?.begin(heapBase);
    this.#allocator = helper?.allocator ?? new FreeingBumpAllocator(buffer, heapBase);
    context.attach(new GuestMemory(buffer, this.#allocator));
    this.context = context;
    this.#memory = new Uint8Array(buffer);
    this.#dataStart = Math.min(prepared.dataStart ?? 0, heapBase);
    this.#data = this.#memory.slice(this.#dataStart, heapBase);
  }

  /** Another instance in the same memory, a tenth of what it costs to make one with another: what was not in memory is new. */
  renew(): void {
    invariant(this.isRenewable, "the memory of an instance is the host's");
    this.#exports = this.#instantiated();
  }

  #instantiated(): Record<string, unknown> {
    return new WebAssembly.Instance(this.#module, {env: this.#env}).exports;
  }

  /** Runs an exported function over the host's state; whatever the module or its host refuses is thrown. */
  call(name: string, args: Uint8Array, host: RuntimeHost): Uint8Array {
    return this.run(host, (exports, memory) => {
      const run = exports[name];
      invariant(typeof run === "function", `the module exports ${name}`);
      const span = BigInt.asUintN(64, (run as ApiFunction)(memory.place(args), args.length));
      return memory.copy(Number(span & 0xffff_ffffn), Number(span >> 32n));
    });
  }

  /** Begins a call, with memory as the module brought it. */
  run<T>(
    host: RuntimeHost,
    work: (exports: Readonly<Record<string, unknown>>, memory: GuestMemory) => T,
  ): T {
    this.#memory.set(this.#data, this.#dataStart);
    this.#allocator.reset();
    this.context.begin(host);
    try {
      return work(this.#exports, this.context.memory);
    } finally {
      this.context.end();
    }
  }
}
