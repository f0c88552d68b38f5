import {concatBytes, invariant, utf8Bytes} from "#base";
import {type Code, i32, i64, leb, type ValueType} from "./instructions.ts";
import {WASM_HEADER} from "./sections.ts";

/** A local, a parameter or a global. */
export interface Variable {
  readonly get: Code;
  set(value: Code): Code;
}

/** A function of the module or of its host. */
export interface Func {
  readonly index: number;
  call(...args: Code[]): Code;
}

/** What the body of a function is written with. */
export interface Frame<P extends readonly ValueType[] = readonly ValueType[]> {
  readonly params: {readonly [I in keyof P]: Variable};
  local(type: ValueType): Variable;
}

interface Definition {
  readonly type: number;
  locals: readonly ValueType[];
  code: Code;
}

const TYPE_CODES = {i32: 0x7f, i64: 0x7e, v128: 0x7b} as const;

/** What a global may be. */
type GlobalType = Exclude<ValueType, "v128">;
/** Name space of all host functions. */
const ENV = "env";
/** The first kibibyte stays empty, so that a pointer of zero can say "nothing". */
const DATA_START = 1_024;
const PAGE = 65_536;
/** In bytes, unless the module asks for more. */
const ALIGNMENT = 8;

const FUNCTION_KIND = 0;
const MEMORY_KIND = 2;
const GLOBAL_KIND = 3;

const list = (items: readonly (readonly number[])[]): number[] => [
  ...leb(items.length),
  ...items.flat(),
];
const name = (text: string): number[] => [...leb(text.length), ...utf8Bytes(text)];

function section(id: number, content: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(id, ...leb(content.length)), content);
}

export interface ModuleOptions {
  /** The name of a memory that the host brings, and the least pages of it; without it the module has one of its own. */
  readonly importedMemory?: {readonly name: string; readonly pages: number};
  /** Where data begin, in bytes. */
  readonly dataStart?: number;
  /** Of data and reserved memory, in bytes: `dataStart` is a multiple of it. */
  readonly alignment?: number;
}

/**
 * Writes a WebAssembly module of one memory, of version 1.0 where its instructions are: functions, globals and constant data as they are asked for, in that
 * order, so that the same requests give the same bytes. Exports a memory of its own and, as hosts demand, `__heap_base`,
 * the address where theirs may begin.
 */
export class ModuleWriter {
  readonly #importedMemory: ModuleOptions["importedMemory"];
  readonly #types: string[] = [];
  readonly #imports: {name: string; type: number}[] = [];
  readonly #functions: Definition[] = [];
  readonly #exports: {name: string; index: number}[] = [];
  readonly #globals: GlobalType[] = [];
  readonly #data: {address: number; bytes: Uint8Array}[] = [];
  readonly #alignment: number;
  #free: number;

  constructor({importedMemory, dataStart = DATA_START, alignment = ALIGNMENT}: ModuleOptions = {}) {
    this.#importedMemory = importedMemory;
    this.#alignment = alignment;
    this.#free = dataStart;
  }

  /** A function of the host. All of them come before the module's own: both share one numbering. */
  importFunction(named: string, params: readonly ValueType[], result?: ValueType): Func {
    invariant(this.#functions.length === 0, "imports come before definitions");
    this.#imports.push({name: named, type: this.#type(params, result)});
    return func(this.#imports.length - 1, params.length);
  }

  define<const P extends readonly ValueType[]>(
    params: P,
    result: ValueType | undefined,
    body: (frame: Frame<P>) => Code,
  ): Func {
    const declared = this.declare(params, result);
    declared.define(body);
    return declared;
  }

  /** A function whose body comes later: for those that call each other. */
  declare<const P extends readonly ValueType[]>(
    params: P,
    result?: ValueType,
  ): Func & {define(body: (frame: Frame<P>) => Code): void} {
    const definition: Definition = {type: this.#type(params, result), locals: [], code: []};
    this.#functions.push(definition);
    const index = this.#imports.length + this.#functions.length - 1;
    return {
      ...func(index, params.length),
      define(body) {
        const locals: ValueType[] = [];
        definition.code = body({
          params: params.map((_, i) => local(i)) as Frame<P>["params"],
          local: type => local(params.length + locals.push(type) - 1),
        });
        definition.locals = locals;
      },
    };
  }

  exportFunction(named: string, {index}: Func): void {
    this.#exports.push({name: named, index});
  }

  /** A global variable, zero at first. */
  variable(type: GlobalType): Variable {
    // Number 0 is `__heap_base`.
    const index = leb(this.#globals.push(type));
    return {get: [0x23, ...index], set: value => [...value, 0x24, ...index]};
  }

  /** Memory that holds these bytes when a call begins; returns its address. */
  data(bytes: Uint8Array): number {
    const address = this.reserve(bytes.length);
    this.#data.push({address, bytes});
    return address;
  }

  /** Memory that is zero when a call begins; returns its address. */
  reserve(size: number): number {
    const address = this.#free;
    this.#free = Math.ceil((address + size) / this.#alignment) * this.#alignment;
    return address;
  }

  finish(): Uint8Array {
    const heapBase = this.#free;
    const memory = this.#importedMemory;
    return concatBytes(
      WASM_HEADER,
      section(1, Uint8Array.from(list(this.#types.map(type => JSON.parse(type) as number[])))),
      section(
        2,
        Uint8Array.from(
          list([
            ...this.#imports.map(imported => [
              ...name(ENV),
              ...name(imported.name),
              ...[FUNCTION_KIND, ...leb(imported.type)],
            ]),
            ...(memory === undefined
              ? []
              : [[...name(ENV), ...name(memory.name), MEMORY_KIND, 0, ...leb(memory.pages)]]),
          ]),
        ),
      ),
      section(3, Uint8Array.from(list(this.#functions.map(({type}) => leb(type))))),
      ...(memory === undefined
        ? [section(5, Uint8Array.from([1, 0, ...leb(Math.ceil(heapBase / PAGE))]))]
        : []),
      section(6, Uint8Array.from(list([heapBaseGlobal(heapBase), ...this.#globals.map(global)]))),
      section(
        7,
        Uint8Array.from(
          list([
            ...(memory === undefined ? [[...name("memory"), MEMORY_KIND, 0]] : []),
            [...name("__heap_base"), GLOBAL_KIND, 0],
            ...this.#exports.map(exported => [
              ...name(exported.name),
              ...[FUNCTION_KIND, ...leb(exported.index)],
            ]),
          ]),
        ),
      ),
      section(10, Uint8Array.from(list(this.#functions.map(functionBody)))),
      section(
        11,
        concatBytes(
          Uint8Array.from(leb(this.#data.length)),
          ...this.#data.flatMap(({address, bytes}) => [
            Uint8Array.from([0, ...constant(address), ...leb(bytes.length)]),
            bytes,
          ]),
        ),
      ),
    );
  }

  #type(params: readonly ValueType[], result?: ValueType): number {
    const results = result === undefined ? [] : [result];
    const codes = (types: readonly ValueType[]) => list(types.map(type => [TYPE_CODES[type]]));
    const written = JSON.stringify([0x60, ...codes(params), ...codes(results)]);
    const known = this.#types.indexOf(written);
    return known >= 0 ? known : this.#types.push(written) - 1;
  }
}

function func(index: number, arity: number): Func {
  return {
    index,
    call(...args) {
      invariant(args.length === arity, `${args.length} arguments for ${arity} parameters`);
      return [...args.flat(), 0x10, ...leb(index)];
    },
  };
}

function local(index: number): Variable {
  return {get: [0x20, ...leb(index)], set: value => [...value, 0x21, ...leb(index)]};
}

/** `i32.const address; end`, the form of an initial value. */
function constant(address: number): number[] {
  return [...i32.const(address), 0x0b];
}

const heapBaseGlobal = (address: number) => [TYPE_CODES.i32, 0, ...constant(address)];

const global = (type: GlobalType) => [
  TYPE_CODES[type],
  1,
  ...(type === "i32" ? i32.const(0) : i64.const(0n)),
  0x0b,
];

function functionBody({locals, code}: Definition): number[] {
  const declared = list(locals.map(type => [1, TYPE_CODES[type]]));
  const body = [...declared, ...code, 0x0b];
  return [...leb(body.length), ...body];
}
