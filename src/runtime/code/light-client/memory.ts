import type {Func, ModuleWriter} from "#wasm";
import {type Code, i32, i64, leave, when, whileTrue} from "#wasm";

/** The form in which bytes cross the border: `length << 32 | address`. */
export const span = (address: Code, length: Code): Code =>
  i64.or(i64.extend(address), i64.shl(i64.extend(length), i64.const(32n)));

export const addressOf = (bytes: Code): Code => i32.low(bytes);
export const lengthOf = (bytes: Code): Code => i32.low(i64.shr(bytes, i64.const(32n)));

export interface Memory {
  /** (to, from, length) */
  readonly copy: Func;
  /** (a, b, length) -> 1 if the bytes are the same */
  readonly equal: Func;
}

/** What later WebAssembly has instructions for, and the hosts of light clients have not. */
export function createMemory(module: ModuleWriter): Memory {
  const copy = module.define(["i32", "i32", "i32"], undefined, ({params, local}) => {
    const [to, from, length] = params;
    const i = local("i32");
    const step = (size: number, move: Code): Code =>
      whileTrue(i32.le(i32.add(i.get, i32.const(size)), length.get), [
        ...move,
        ...i.set(i32.add(i.get, i32.const(size))),
      ]);
    const source = i32.add(from.get, i.get);
    const target = i32.add(to.get, i.get);
    return [
      ...step(8, i64.store(target, i64.load(source))),
      ...step(1, i32.store8(target, i32.load8(source))),
    ];
  });
  const equal = module.define(["i32", "i32", "i32"], "i32", ({params, local}) => {
    const [a, b, length] = params;
    const i = local("i32");
    const at = (start: Code) => i32.load8(i32.add(start, i.get));
    return [
      ...whileTrue(i32.lt(i.get, length.get), [
        ...when(i32.ne(at(a.get), at(b.get)), leave(i32.const(0))),
        ...i.set(i32.add(i.get, i32.const(1))),
      ]),
      ...i32.const(1),
    ];
  });
  return {copy, equal};
}
