import {bindNumbers, type CallContext, HOST_FUNCTIONS} from "../host/index.ts";
import {hostTrap} from "../host-trap.ts";
import type {Allocator} from "../memory/index.ts";
import {HEAP_REFUSALS} from "./heap.ts";
import {BEGIN, FILL, helperModule, leftToJavaScript, REFUSE, RESET} from "./helper-module.ts";

const NOTHING = new Uint8Array(0);
const ALIGNMENT = 8;
const PAGE = 65_536;

type NumberFunction = (...numbers: number[]) => number;

let compiled: WebAssembly.Module | undefined;

/** What stands between one memory and its host. */
export interface Helper {
  /** By name, what a module may import. */
  readonly functions: Readonly<Record<string, unknown>>;
  readonly allocator: Allocator;
  /** Bytes: where the heap begins. Before anything is allocated. */
  begin(heapBase: number): void;
}

/** The helper of a memory, which must not grow, and that of 65,535 pages at most: its end is a number of 32 bits. */
export function createHelper(memory: WebAssembly.Memory, call: CallContext): Helper {
  compiled ??= new WebAssembly.Module(helperModule(HOST_FUNCTIONS));
  const bytes = new Uint8Array(memory.buffer);
  let pending: Uint8Array = NOTHING;
  const answer = (answered: Uint8Array) => {
    pending = answered;
    return answered.length;
  };
  const env: Record<string, unknown> = {
    memory,
    [REFUSE]: (reason: number) => hostTrap(HEAP_REFUSALS[reason] ?? "memory was refused"),
    [FILL](address: number) {
      bytes.set(pending, address >>> 0);
      pending = NOTHING;
    },
  };
  for (const described of leftToJavaScript(HOST_FUNCTIONS)) {
    env[described.name] = bindNumbers(described, call, answer);
  }
  const {exports} = new WebAssembly.Instance(compiled, {env});
  const named = (name: string) => exports[name] as NumberFunction;
  const [allocate, free] = ["malloc", "free"].map(name => named(`ext_allocator_${name}_version_1`));
  const [begin, reset] = [named(BEGIN), named(RESET)];
  return {
    functions: exports,
    allocator: {
      allocate: size => allocate!(size) >>> 0,
      free: address => void free!(address),
      reset: () => void reset(),
    },
    begin: heapBase => {
      const start = Math.ceil(heapBase / ALIGNMENT) * ALIGNMENT;
      begin(start, memory.buffer.byteLength);
    },
  };
}

/** Whether a memory of so many pages can have a helper. */
export const canHelp = (pages: number): boolean => pages * PAGE < 2 ** 32;
