import {attempt, type Source} from "#codec";
import {wasmSections} from "#wasm";
import {unpackCode} from "./unpack-code.ts";

/** What a runtime was built with. */
export interface Compiler {
  /** `rustc 1.69.0-nightly` */
  readonly name: string;
  /** Day of its last change, `2023-02-02`: the runtime is younger; undefined where it does not say. */
  readonly day: string | undefined;
}

/** `1.69.0-nightly (f3126500f 2023-02-02)`, as rustc names itself. */
const NAMED = /^(\S+)(?: \([0-9a-f]+ (\d{4}-\d{2}-\d{2})\))?/;

/**
 * The Rust compiler by the module's `producers` section (WebAssembly tool conventions): fields of values with versions, each a
 * text behind its length. Undefined where there is none, as in modules that were stripped.
 */
export function compilerOf(code: Uint8Array): Compiler | undefined {
  const module = unpackCode(code);
  const sections = module.ok ? wasmSections(module.value) : undefined;
  const content = sections?.ok
    ? sections.value.find(({name}) => name === "producers")?.content
    : undefined;
  const version = content && attempt(content, rustVersion);
  const named = version?.ok && version.value !== undefined ? NAMED.exec(version.value) : null;
  return named === null ? undefined : {name: `rustc ${named[1]}`, day: named[2]};
}

function rustVersion(source: Source): string | undefined {
  const fields = leb(source);
  for (let field = 0; field < fields; field++) {
    const isTools = text(source) === "processed-by";
    const values = leb(source);
    for (let i = 0; i < values; i++) {
      const [name, version] = [text(source), text(source)];
      if (isTools && name === "rustc") return version;
    }
  }
  return undefined;
}

function text(source: Source): string {
  const start = source.advance(leb(source));
  return String.fromCharCode(...source.bytes.subarray(start, source.offset));
}

/** Bits of a LEB128 number of 32 bits. */
const WIDTH = 32;
const SEVEN = 7;

function leb(source: Source): number {
  let value = 0;
  for (let shift = 0; shift < WIDTH; shift += SEVEN) {
    const byte = source.u8();
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
  return source.fail("invalid-value", "a number of more than 32 bits");
}
