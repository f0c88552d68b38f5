import type {WasmSection} from "#wasm";
import {ModuleFault, ModuleReader} from "./module-reader.ts";

/** WebAssembly 1.0 §5.5.2. */
const TYPE_SECTION = 1;
const IMPORT_SECTION = 2;
const FUNCTION_SECTION = 3;
const MEMORY_SECTION = 5;
const GLOBAL_SECTION = 6;
const EXPORT_SECTION = 7;
const START_SECTION = 8;
const DATA_SECTION = 11;

const FUNCTION_KIND = 0;
const MEMORY_KIND = 2;
const GLOBAL_KIND = 3;
const I32 = 0x7f;
const I64 = 0x7e;
const MUTABLE = 1;
/** What linkers call the end of a program's own data. */
const HEAP_BASE = "__heap_base";
const I32_CONST = 0x41;
const I64_CONST = 0x42;
const F32_CONST = 0x43;
const F64_CONST = 0x44;
const GLOBAL_GET = 0x23;
const END = 0x0b;
/** A segment with neither of these bits lies where its own offset says, in memory 0. */
const PASSIVE_OR_INDEXED = 3;
const HAS_MAXIMUM = 1;

/** A type of a function, by the bytes of its parameters and results: 0x7f i32, 0x7e i64. */
export interface FunctionType {
  readonly params: readonly number[];
  readonly results: readonly number[];
}

export interface ImportedFunction {
  readonly module: string;
  readonly name: string;
  readonly type: FunctionType;
}

/** What a host has to know of a module that JavaScript does not say. */
export interface ModuleLayout {
  readonly types: readonly FunctionType[];
  readonly functions: readonly ImportedFunction[];
  /** What it imports besides functions and a memory, by kind. */
  readonly otherImports: readonly {readonly module: string; readonly name: string}[];
  readonly memory: MemoryDeclaration | undefined;
  /** Address of the lowest byte that the module brings; undefined where it brings none, or not at a fixed address. */
  readonly dataStart: number | undefined;
  readonly mutableGlobals: number;
  readonly hasStart: boolean;
  /** Names under which it offers functions of an API: of a pointer and a length, to a span. */
  readonly exported: ReadonlySet<string>;
  /** Whether what it calls the end of its data, where the heap begins, is a number that stands. */
  readonly hasHeapBase: boolean;
}

export interface MemoryDeclaration {
  readonly isImported: boolean;
  readonly name: string | undefined;
  /** Pages of 64 KiB. */
  readonly minimum: number;
  readonly maximum: number | undefined;
}

/** Of a module that the engine has found valid. Throws `ModuleFault` for what is not of WebAssembly 1.0. */
export function moduleLayout(sections: readonly WasmSection[]): ModuleLayout {
  const open = (id: number) =>
    new ModuleReader(sections.find(section => section.id === id)?.content ?? Uint8Array.of(0));
  const types = readTypes(open(TYPE_SECTION));
  const imports = readImports(open(IMPORT_SECTION), types);
  const own = readFunctions(open(FUNCTION_SECTION), types);
  const globals = readGlobals(open(GLOBAL_SECTION));
  const exports = readExports(open(EXPORT_SECTION));
  const functions = [...imports.functions.map(({type}) => type), ...own];
  const heapBase = exports.find(({name, kind}) => kind === GLOBAL_KIND && name === HEAP_BASE);
  const heapBaseGlobal = heapBase && globals[heapBase.index];
  return {
    types,
    ...imports,
    memory: imports.memory ?? readMemory(open(MEMORY_SECTION)),
    dataStart: readDataStart(open(DATA_SECTION)),
    mutableGlobals: globals.filter(({isMutable}) => isMutable).length,
    hasStart: sections.some(({id}) => id === START_SECTION),
    exported: new Set(
      exports
        .filter(({kind, index}) => kind === FUNCTION_KIND && isApiFunction(functions[index]))
        .map(({name}) => name),
    ),
    hasHeapBase: heapBaseGlobal?.type === I32 && !heapBaseGlobal.isMutable,
  };
}

function readTypes(reader: ModuleReader): FunctionType[] {
  return times(reader.u32(), () => {
    if (reader.byte() !== 0x60) throw new ModuleFault("a type that is no function's");
    const params = times(reader.u32(), () => reader.byte());
    const results = times(reader.u32(), () => reader.byte());
    return {params, results};
  });
}

function readImports(reader: ModuleReader, types: readonly FunctionType[]) {
  const functions: ImportedFunction[] = [];
  const otherImports: {module: string; name: string}[] = [];
  let memory: MemoryDeclaration | undefined;
  const count = reader.u32();
  for (let i = 0; i < count; i++) {
    const [module, name] = [reader.name(), reader.name()];
    const kind = reader.byte();
    if (kind === FUNCTION_KIND) {
      const type = types[reader.u32()];
      if (type === undefined) throw new ModuleFault(`${name} has no type`);
      functions.push({module, name, type});
    } else if (kind === MEMORY_KIND) {
      memory = {isImported: true, name, ...readLimits(reader)};
      if (module !== "env") otherImports.push({module, name});
    } else {
      // Nothing of a runtime's comes after what it may not have at all.
      otherImports.push({module, name});
      break;
    }
  }
  return {functions, otherImports, memory};
}

function readMemory(reader: ModuleReader): MemoryDeclaration | undefined {
  const count = reader.u32();
  if (count > 1) throw new ModuleFault("several memories");
  return count === 0 ? undefined : {isImported: false, name: undefined, ...readLimits(reader)};
}

function readLimits(reader: ModuleReader) {
  const flags = reader.byte();
  if (flags > HAS_MAXIMUM) throw new ModuleFault("a memory that is shared, or of 64 bits");
  const minimum = reader.u32();
  return {minimum, maximum: flags === HAS_MAXIMUM ? reader.u32() : undefined};
}

/** Types of the functions that are its own, by their numbers after those imported. */
const readFunctions = (reader: ModuleReader, types: readonly FunctionType[]) =>
  times(reader.u32(), () => types[reader.u32()]);

const isApiFunction = (type: FunctionType | undefined): boolean =>
  type !== undefined &&
  type.params.join() === [I32, I32].join() &&
  type.results.join() === [I64].join();

/** No global is imported: the first is number 0. */
function readGlobals(reader: ModuleReader) {
  return times(reader.u32(), () => {
    const type = reader.byte();
    const isMutable = reader.byte() === MUTABLE;
    skipConstant(reader);
    return {type, isMutable};
  });
}

function readExports(reader: ModuleReader) {
  return times(reader.u32(), () => ({
    name: reader.name(),
    kind: reader.byte(),
    index: reader.u32(),
  }));
}

function skipConstant(reader: ModuleReader): void {
  const opcode = reader.byte();
  if (opcode === I32_CONST || opcode === I64_CONST || opcode === GLOBAL_GET) reader.skipLeb();
  else if (opcode === F32_CONST) reader.skip(4);
  else if (opcode === F64_CONST) reader.skip(8);
  else throw new ModuleFault("a first value that is computed");
  if (reader.byte() !== END) throw new ModuleFault("a first value that is computed");
}

function readDataStart(reader: ModuleReader): number | undefined {
  let lowest: number | undefined;
  const count = reader.u32();
  for (let i = 0; i < count; i++) {
    if ((reader.u32() & PASSIVE_OR_INDEXED) !== 0) throw new ModuleFault("data for bulk memory");
    const opcode = reader.byte();
    if (opcode !== I32_CONST) return undefined;
    const offset = reader.i32() >>> 0;
    if (reader.byte() !== END) throw new ModuleFault("an offset that is computed");
    reader.skip(reader.u32());
    lowest = Math.min(lowest ?? offset, offset);
  }
  return lowest;
}

function times<T>(count: number, read: () => T): T[] {
  const out: T[] = [];
  for (let i = 0; i < count; i++) out.push(read());
  return out;
}
