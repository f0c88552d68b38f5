import {type ChainDescription, callFrom, type DecodedCall, findCall} from "#description";
import type {TracedCall} from "../chain-api.ts";

/** Deeper than runtimes let calls be nested in each other. */
const DEEPEST = 256;

/**
 * A call with those inside it (batches, proxies, sudo), wherever they stand; `#1` stands in their place. `readable`: values as a test
 * sees them.
 */
export function callTree(
  description: ChainDescription,
  {pallet, name, args}: DecodedCall,
  readable: (value: unknown) => unknown,
  depth = 0,
): TracedCall {
  const calls: TracedCall[] = [];
  const without = (value: unknown): unknown => {
    const inner = depth < DEEPEST ? callFrom(value) : undefined;
    if (inner !== undefined && findCall(description, `${inner.pallet}.${inner.name}`)) {
      calls.push(callTree(description, inner, readable, depth + 1));
      return `#${calls.length}`;
    }
    if (Array.isArray(value)) return value.map(without);
    if (value === null || typeof value !== "object" || value instanceof Uint8Array) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, without(one)]));
  };
  const shown = readable(without(args)) as Readonly<Record<string, unknown>>;
  return {call: `${pallet}.${name}`, args: shown, calls};
}
