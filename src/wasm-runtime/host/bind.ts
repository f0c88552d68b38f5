import type {CallContext} from "./call-context.ts";
import type {HostFunction} from "./host-function.ts";

/** A host function with all that it takes as numbers: address and length for a span. */
export type NumbersFunction = (...numbers: number[]) => number | bigint | undefined;

/** `give`: makes a number of bytes that are answered. */
export function bindNumbers(
  {params, answer, run: typed}: HostFunction,
  call: CallContext,
  give: (bytes: Uint8Array) => number,
): NumbersFunction {
  const run = typed as (call: CallContext, ...args: unknown[]) => unknown;
  const answered = giver();
  // What runtimes call most takes one span, or two, or nothing: no list of arguments is made for these.
  const [first, second] = params;
  if (params.length === 0) return () => answered(run(call));
  if (params.length === 1) {
    return (a, b) => answered(run(call, first!.read(call.memory, unsigned(a), unsigned(b))));
  }
  if (params.length === 2 && first!.type === "span") {
    return (a, b, c, d) =>
      answered(
        run(
          call,
          first!.read(call.memory, unsigned(a), unsigned(b)),
          second!.read(call.memory, unsigned(c), unsigned(d)),
        ),
      );
  }
  return (...numbers) => {
    let at = 0;
    const args = params.map(form => {
      const start = at;
      at += form.type === "span" ? 2 : 1;
      return form.read(call.memory, unsigned(numbers[start]), unsigned(numbers[start + 1]));
    });
    return answered(run(call, ...args));
  };

  function giver(): (value: unknown) => number | bigint | undefined {
    if (answer === "nothing") return () => undefined;
    if (answer === "i32" || answer === "i64") return value => value as number | bigint;
    return value => give(value as Uint8Array);
  }
}

/** An i32 comes with a sign; an i64 is left as it is, and what is not there too. */
function unsigned(number: number | undefined): number {
  return typeof number === "number" ? number >>> 0 : (number as unknown as number);
}

const LOW = 0xffff_ffffn;

/** The same as a module imports it, with spans as i64. */
export function bindImport(
  described: HostFunction,
  call: CallContext,
): (...args: (number | bigint)[]) => number | bigint | undefined {
  let length = 0;
  const run = bindNumbers(described, call, bytes => {
    length = bytes.length;
    return call.memory.place(bytes);
  });
  const {params, answer} = described;
  return (...args) => {
    const numbers: number[] = [];
    for (let i = 0; i < params.length; i++) {
      const arg = args[i]!;
      if (params[i]!.type === "span") {
        const span = BigInt.asUintN(64, arg as bigint);
        numbers.push(Number(span & LOW), Number(span >> 32n));
      } else {
        numbers.push(arg as number);
      }
    }
    const value = run(...numbers);
    return answer === "span" ? (BigInt(length) << 32n) | BigInt(value as number) : value;
  };
}
