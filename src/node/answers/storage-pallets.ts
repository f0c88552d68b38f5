import {nearestName} from "#base";
import type {Blockchain} from "#core";
import {describeRuntime} from "#description";

/** Names told where none is near. */
const MOST_TOLD = 40;

/** What storage keys of the best block's pallets are made from; undefined where its runtime does not say. */
export function palletsWithStorage(
  chain: Pick<Blockchain, "head" | "runtimeOf" | "host">,
): readonly string[] | undefined {
  const {state} = chain.head;
  const runtime = chain.runtimeOf(state);
  if (!runtime.ok) return undefined;
  const host = chain.host(state, {verifySignature: () => false});
  const described = describeRuntime(runtime.value, host);
  if (!described.ok) return undefined;
  const prefixes = described.value.pallets.flatMap(({storage}) =>
    storage.map(({prefix}) => prefix),
  );
  return [...new Set(prefixes)].sort();
}

/** Why a name is none of a pallet's, and which one may have been meant; undefined where it is one, or nobody knows. */
export function unknownPallet(
  names: readonly string[],
  known: readonly string[] | undefined,
): string | undefined {
  const unknown = known === undefined ? undefined : names.find(name => !known.includes(name));
  if (unknown === undefined) return undefined;
  const same = known!.find(name => name.toLowerCase() === unknown.toLowerCase());
  const near = same ?? nearestName(unknown, known!);
  const more = known!.length > MOST_TOLD ? ` and ${known!.length - MOST_TOLD} more` : "";
  const there = `there are ${known!.slice(0, MOST_TOLD).join(", ")}${more}`;
  return `the runtime has no pallet with storage called ${unknown}; ${near === undefined ? there : `did you mean ${near}?`}`;
}
