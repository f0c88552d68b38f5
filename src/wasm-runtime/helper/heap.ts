import {type Func, i32, i64, leave, type ModuleWriter, switchOn, unreachable, when} from "#wasm";
import {HEADER_SIZE, LARGEST_ALLOCATION, NIL, ORDERS, SMALLEST, TAKEN} from "../memory/index.ts";

/** Why there is no memory, or what was given back is none, as numbers that cross from the helper. */
export const HEAP_REFUSALS = [
  "an allocation is larger than one may be",
  "out of memory",
  "a list of free memory was overwritten",
  "what is freed is no memory",
  "what is freed was not allocated",
  "the header of what is freed was overwritten",
] as const;
type Refusal = (typeof HEAP_REFUSALS)[number];

export interface Heap {
  readonly allocate: Func;
  readonly free: Func;
  readonly reset: Func;
  /** Takes the heap's base, a multiple of eight, and the end of memory. */
  readonly begin: Func;
}

/**
 * The freeing bump allocator as instructions: step by step what `FreeingBumpAllocator` does, which tests hold it to. What it
 * knows, it keeps in globals, so that the memory it serves holds nothing but what upstream's holds.
 */
export function writeHeap(writer: ModuleWriter, refuse: Func): Heap {
  const [start, end, bumper] = [0, 1, 2].map(() => writer.variable("i32")) as [
    ReturnType<ModuleWriter["variable"]>,
    ReturnType<ModuleWriter["variable"]>,
    ReturnType<ModuleWriter["variable"]>,
  ];
  const heads = Array.from({length: ORDERS}, () => writer.variable("i32"));
  const nil = i32.const(NIL);
  const fail = (reason: Refusal) => [
    ...refuse.call(i32.const(HEAP_REFUSALS.indexOf(reason))),
    ...unreachable,
  ];

  const headOf = writer.define(["i32"], "i32", ({params: [order]}) => [
    ...switchOn(
      order.get,
      heads.map(head => leave(head.get)),
    ),
    ...unreachable,
  ]);
  const setHead = writer.define(["i32", "i32"], undefined, ({params: [order, value]}) =>
    switchOn(
      order.get,
      heads.map(head => [...head.set(value.get), 0x0f]),
    ),
  );

  const reset = writer.define([], undefined, () => [
    ...bumper.set(start.get),
    ...heads.flatMap(head => head.set(nil)),
  ]);
  const begin = writer.define(["i32", "i32"], undefined, ({params}) => [
    ...start.set(params[0].get),
    ...end.set(params[1].get),
    ...reset.call(),
  ]);

  const allocate = writer.define(["i32"], "i32", ({params: [size], local}) => {
    const [order, header, block] = [local("i32"), local("i32"), local("i32")];
    return [
      ...when(
        i32.gt(size.get, i32.const(LARGEST_ALLOCATION)),
        fail("an allocation is larger than one may be"),
      ),
      ...when(
        i32.gt(size.get, i32.const(SMALLEST)),
        order.set(i32.sub(i32.const(29), i32.clz(i32.sub(size.get, i32.const(1))))),
      ),
      ...block.set(i32.add(i32.shl(i32.const(SMALLEST), order.get), i32.const(HEADER_SIZE))),
      ...header.set(headOf.call(order.get)),
      ...when(
        i32.eq(header.get, nil),
        [
          ...header.set(bumper.get),
          ...when(i32.gt(block.get, i32.sub(end.get, header.get)), fail("out of memory")),
          ...bumper.set(i32.add(header.get, block.get)),
        ],
        [
          ...when(i32.gt(header.get, end.get), fail("a list of free memory was overwritten")),
          ...when(
            i32.gt(block.get, i32.sub(end.get, header.get)),
            fail("a list of free memory was overwritten"),
          ),
          ...when(
            i32.and(i32.load(header.get, 4), i32.const(TAKEN)),
            fail("a list of free memory was overwritten"),
          ),
          ...setHead.call(order.get, i32.load(header.get)),
        ],
      ),
      ...i64.store(header.get, i64.or(i64.extend(order.get), i64.const(BigInt(TAKEN) << 32n))),
      ...i32.add(header.get, i32.const(HEADER_SIZE)),
    ];
  });

  const free = writer.define(["i32"], undefined, ({params: [address], local}) => {
    const [header, order] = [local("i32"), local("i32")];
    return [
      ...when(i32.lt(address.get, i32.const(HEADER_SIZE)), fail("what is freed is no memory")),
      ...header.set(i32.sub(address.get, i32.const(HEADER_SIZE))),
      ...when(
        i32.gt(header.get, i32.sub(end.get, i32.const(HEADER_SIZE))),
        fail("what is freed is no memory"),
      ),
      ...when(
        i32.not(i32.and(i32.load(header.get, 4), i32.const(TAKEN))),
        fail("what is freed was not allocated"),
      ),
      ...order.set(i32.load(header.get)),
      ...when(
        i32.ge(order.get, i32.const(ORDERS)),
        fail("the header of what is freed was overwritten"),
      ),
      ...i64.store(header.get, i64.extend(headOf.call(order.get))),
      ...setHead.call(order.get, header.get),
    ];
  });
  return {allocate, free, reset, begin};
}
