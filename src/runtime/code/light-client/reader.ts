import type {Func, ModuleWriter, Variable} from "#wasm";
import {type Code, i32, i64, trapIf, when} from "#wasm";
import type {Memory} from "./memory.ts";

/** Where the last compact number was left: 16 bytes, little-endian. */
const COMPACT_SIZE = 16;

/** A cursor over SCALE bytes, two globals of the module. Every read either succeeds or traps; none reads past the end. */
export interface Reader {
  readonly at: Variable;
  readonly end: Variable;
  /** Begins to read at `address`. */
  open(address: Code, length: Code): Code;
  /** (length) -> address of the next so many bytes */
  readonly take: Func;
  /** -> the next byte */
  readonly byte: Func;
  /** (bytes that the number may have): reads a compact number into `number` */
  readonly compact: Func;
  /** Address of the compact number read last. */
  readonly number: Code;
  /** -> a compact u32, the form of every length */
  readonly compact32: Func;
}

export function createReader(module: ModuleWriter, {copy}: Memory): Reader {
  const at = module.variable("i32");
  const end = module.variable("i32");
  const number = i32.const(module.reserve(COMPACT_SIZE));

  const take = module.define(["i32"], "i32", ({params}) => {
    const length = params[0].get;
    return [
      ...trapIf(i32.gt(length, i32.sub(end.get, at.get))),
      ...at.get,
      ...at.set(i32.add(at.get, length)),
    ];
  });
  const byte = module.define([], "i32", () => i32.load8(take.call(i32.const(1))));

  /** The same rules as in `codec`: a form longer than needed is refused. */
  const compact = module.define(["i32"], undefined, ({params, local}) => {
    const width = params[0].get;
    const first = local("i32");
    const mode = local("i32");
    const count = local("i32");
    const value = local("i32");
    const isMode = (n: number) => i32.eq(mode.get, i32.const(n));
    const quarter = (word: Code) => value.set(i32.shr(word, i32.const(2)));
    const atLeast = (least: number) => trapIf(i32.lt(value.get, i32.const(least)));
    /** The first byte and the `more` that follow, which lie side by side. */
    const withFirst = (more: number) => i32.sub(take.call(i32.const(more)), i32.const(1));
    const lastByte = i32.load8(i32.sub(at.get, i32.const(1)));
    return [
      ...i64.store(number, i64.const(0n)),
      ...i64.store(number, i64.const(0n), 8),
      ...first.set(byte.call()),
      ...mode.set(i32.and(first.get, i32.const(3))),
      ...when(isMode(0), quarter(first.get)),
      ...when(isMode(1), [...quarter(i32.load16(withFirst(1))), ...atLeast(0x40)]),
      ...when(isMode(2), [...quarter(i32.load(withFirst(3))), ...atLeast(0x4000)]),
      ...when(
        isMode(3),
        [
          ...count.set(i32.add(i32.shr(first.get, i32.const(2)), i32.const(4))),
          ...trapIf(i32.gt(count.get, width)),
          ...copy.call(number, take.call(count.get), count.get),
          // Four bytes must not fit into thirty bits, more must need the last one.
          ...when(
            i32.eq(count.get, i32.const(4)),
            trapIf(i32.lt(lastByte, i32.const(0x40))),
            trapIf(i32.not(lastByte)),
          ),
        ],
        i32.store(number, value.get),
      ),
    ];
  });
  const compact32 = module.define([], "i32", () => [
    ...compact.call(i32.const(4)),
    ...i32.load(number),
  ]);
  const open = (address: Code, length: Code) => [
    ...at.set(address),
    ...end.set(i32.add(address, length)),
  ];
  return {at, end, open, take, byte, compact, number, compact32};
}
