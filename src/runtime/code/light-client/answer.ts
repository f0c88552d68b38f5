import type {Frame, Func, ModuleWriter} from "#wasm";
import {type Code, i32} from "#wasm";
import type {Memory} from "./memory.ts";
import {span} from "./memory.ts";
import type {Parts} from "./parts.ts";

/** Exports a function of a runtime API: `(address, length of the arguments) -> bytes of the answer`. */
export function exportApi(
  {module}: Pick<Parts, "module">,
  name: string,
  body: (frame: Frame<readonly ["i32", "i32"]>) => Code,
): void {
  module.exportFunction(name, module.define(["i32", "i32"], "i64", body));
}

/** An i64 expression: these bytes, which no call changes. */
export function constantAnswer(module: ModuleWriter, bytes: Uint8Array): Code {
  return span(i32.const(module.data(bytes)), i32.const(bytes.length));
}

/** Writes an answer piece by piece into memory that is kept for it. */
export class AnswerWriter {
  readonly #start: Code;
  readonly #next: ReturnType<ModuleWriter["variable"]>;
  readonly #copy: Func;

  /** `start` is an i32 expression: the address of memory that is large enough. */
  constructor(module: ModuleWriter, {copy}: Pick<Memory, "copy">, start: Code) {
    this.#start = start;
    this.#next = module.variable("i32");
    this.#copy = copy;
  }

  begin(): Code {
    return this.#next.set(this.#start);
  }

  append(from: Code, length: Code): Code {
    return [...this.#copy.call(this.#next.get, from, length), ...this.#advance(length)];
  }

  byte(value: Code): Code {
    return [...i32.store8(this.#next.get, value), ...this.#advance(i32.const(1))];
  }

  word(value: Code): Code {
    return [...i32.store(this.#next.get, value), ...this.#advance(i32.const(4))];
  }

  /** An i64 expression: what was written. */
  written(): Code {
    return span(this.#start, i32.sub(this.#next.get, this.#start));
  }

  #advance(length: Code): Code {
    return this.#next.set(i32.add(this.#next.get, length));
  }
}
