import {decode, encode, u64} from "#codec";
import type {ChainStore} from "./chain-store.ts";
import {StoreFault} from "./failures.ts";

/** A number that is kept beside the chain, as a u64; undefined where there is none. Throws `StoreFault` where it does not decode. */
export function keptNumber(store: Pick<ChainStore, "value">, name: string): number | undefined {
  const bytes = store.value(name);
  if (bytes === undefined) return undefined;
  const decoded = decode(u64, bytes);
  if (decoded.ok && decoded.value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(decoded.value);
  throw new StoreFault("database-corrupt", `${name} is no number`);
}

/** `value`: a whole number from 0 on; undefined: it is forgotten. */
export function keepNumber(
  store: Pick<ChainStore, "setValue">,
  name: string,
  value: number | undefined,
): void {
  store.setValue(name, value === undefined ? undefined : encode(u64, BigInt(value)));
}
