import {
  type Code,
  type Frame,
  type Func,
  i32,
  i64,
  ModuleWriter,
  memorySize,
  type ValueType,
  type Variable,
  when,
} from "#wasm";
import type {HostFunction} from "../host/index.ts";
import {writeBlake2b} from "./blake2b.ts";
import {writeHeap} from "./heap.ts";
import {writeXxHash64} from "./xx-hash.ts";

/** What the helper asks of JavaScript besides the host functions themselves, and what it offers beside them. */
export const FILL = "fill";
export const REFUSE = "refuse";
export const BEGIN = "begin";
export const RESET = "reset";

const PAGE_BITS = 16n;
const MALLOC = "ext_allocator_malloc_version_1";
const FREE = "ext_allocator_free_version_1";

/** Bytes of the hashes that are made here: by how many words of xxHash64, or by BLAKE2b of a size. */
const XX_HASHES: Readonly<Record<string, number>> = {
  ext_hashing_twox_64_version_1: 1,
  ext_hashing_twox_128_version_1: 2,
  ext_hashing_twox_256_version_1: 4,
};
const BLAKE2B_HASHES: Readonly<Record<string, number>> = {
  ext_hashing_blake2_128_version_1: 16,
  ext_hashing_blake2_256_version_1: 32,
};

const served = (name: string) =>
  name === MALLOC || name === FREE || name in XX_HASHES || name in BLAKE2B_HASHES;

/** The host functions that are left to JavaScript. */
export const leftToJavaScript = (functions: readonly HostFunction[]): readonly HostFunction[] =>
  functions.filter(({name}) => !served(name));

/** A function of JavaScript's takes spans apart, and answers the length of its bytes; with those it is asked to fill memory. */
function numberTypes({params, answer}: HostFunction): {params: ValueType[]; result?: ValueType} {
  const flat = params.flatMap(({type}): ValueType[] => (type === "span" ? ["i32", "i32"] : [type]));
  if (answer === "nothing") return {params: flat};
  return {params: flat, result: answer === "i64" ? "i64" : "i32"};
}

const low = (span: Variable): Code => i32.low(span.get);
const high = (span: Variable): Code => i32.low(i64.shr(span.get, i64.const(32n)));

/** A module that shares a runtime's memory and stands between it and these host functions, which it offers by their names. */
export function helperModule(functions: readonly HostFunction[]): Uint8Array {
  const writer = new ModuleWriter({importedMemory: {name: "memory", pages: 1}});
  const refuse = writer.importFunction(REFUSE, ["i32"]);
  const fill = writer.importFunction(FILL, ["i32"]);
  const left = leftToJavaScript(functions).map(described => {
    const {params, result} = numberTypes(described);
    return [described, writer.importFunction(described.name, params, result)] as const;
  });
  const heap = writeHeap(writer, refuse);
  writer.exportFunction(MALLOC, heap.allocate);
  writer.exportFunction(FREE, heap.free);
  writer.exportFunction(BEGIN, heap.begin);
  writer.exportFunction(RESET, heap.reset);
  for (const [described, target] of left) {
    writer.exportFunction(described.name, passOn(writer, described, target, heap.allocate, fill));
  }
  writeHashes(writer, heap.allocate);
  return writer.finish();
}

function passOn(
  writer: ModuleWriter,
  {params, answer}: HostFunction,
  target: Func,
  allocate: Func,
  fill: Func,
): Func {
  const types = params.map(({type}): ValueType => (type === "i32" ? "i32" : "i64"));
  const result = (
    {nothing: undefined, i32: "i32", i64: "i64", span: "i64", address: "i32"} as const
  )[answer];
  return writer.define(types, result, ({params: given, local}: Frame) => {
    const args = given.flatMap((one, i) =>
      params[i]!.type === "span" ? [low(one), high(one)] : [one.get],
    );
    const called = target.call(...args);
    if (answer !== "span" && answer !== "address") return called;
    const [length, address] = [local("i32"), local("i32")];
    const placed = [
      ...length.set(called),
      ...address.set(allocate.call(length.get)),
      ...fill.call(address.get),
    ];
    if (answer === "address") return [...placed, ...address.get];
    return [
      ...placed,
      ...i64.or(i64.shl(i64.extend(length.get), i64.const(32n)), i64.extend(address.get)),
    ];
  });
}

/** Hashes are made where the bytes lie: runtimes ask for a hundred of them for each transfer. */
function writeHashes(writer: ModuleWriter, allocate: Func): void {
  const xxHash64 = writeXxHash64(writer);
  const blake2b = writeBlake2b(writer);
  /** Bytes of no length outside of memory are refused too, as everywhere. */
  const checkSpan = writer.define(["i64"], undefined, ({params: [span]}) => {
    const end = i64.add(i64.extend(low(span)), i64.shr(span.get, i64.const(32n)));
    const size = i64.shl(i64.extend(memorySize), i64.const(PAGE_BITS));
    return when(i64.gt(end, size), [0x00]);
  });
  for (const [name, words] of Object.entries(XX_HASHES)) {
    const hash = writer.define(["i64"], "i32", ({params: [span], local}) => {
      const out = local("i32");
      return [
        ...checkSpan.call(span.get),
        ...out.set(allocate.call(i32.const(8 * words))),
        ...Array.from({length: words}, (_, seed) =>
          i64.store(
            out.get,
            xxHash64.call(low(span), high(span), i64.const(BigInt(seed))),
            8 * seed,
          ),
        ).flat(),
        ...out.get,
      ];
    });
    writer.exportFunction(name, hash);
  }
  for (const [name, size] of Object.entries(BLAKE2B_HASHES)) {
    const hash = writer.define(["i64"], "i32", ({params: [span], local}) => {
      const out = local("i32");
      return [
        ...checkSpan.call(span.get),
        ...out.set(allocate.call(i32.const(size))),
        ...blake2b.call(low(span), high(span), out.get, i32.const(size)),
        ...out.get,
      ];
    });
    writer.exportFunction(name, hash);
  }
}
