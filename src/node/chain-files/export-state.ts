import {type BinaryString, err, ok, type Report, type Result} from "#base";
import {type ChainSpec, formatChainSpec} from "#chain-spec";
import {createNativeCrypto} from "#crypto-native";
import {DEFAULT_CHILD_PREFIX} from "#primitives";
import type {ChainStore} from "#store";
import {genesisMakers} from "../runtimes.ts";

/** The raw chain spec of a chain that begins with the state after a block: a height, a hash, or the best one. */
export async function exportState(
  store: ChainStore,
  spec: ChainSpec,
  block: number | Uint8Array | undefined,
): Promise<Result<string, Report>> {
  const hash =
    typeof block === "number" ? store.blocks.canonical(block) : (block ?? store.best.hash);
  const record = hash === undefined ? undefined : store.blocks.record(hash);
  const state = record === undefined ? undefined : store.stateAt(record.hash);
  if (state === undefined) {
    const {states} = store.pruning.ranges();
    return err({
      code: record === undefined ? "block-unknown" : "state-discarded",
      what:
        record === undefined
          ? "there is no such block"
          : `the state of block ${record.number} is not kept`,
      facts: [
        ["best", `block ${store.best.number}`],
        ["kept", states.map(({from, to}) => `${from} to ${to}`).join(", ") || "none"],
      ],
      did: "wrote nothing",
      todo: "name a block whose state is kept, or none for the best one",
    });
  }
  const top = new Map<BinaryString, Uint8Array>();
  for (const [key, value] of state.entries()) {
    // Roots of child tries follow from what is in them.
    if (!key.startsWith(DEFAULT_CHILD_PREFIX)) top.set(key, value);
  }
  const children = new Map<BinaryString, ReadonlyMap<BinaryString, Uint8Array>>();
  for (const name of state.childNames()) children.set(name, new Map(state.child(name).entries()));
  const genesis = {kind: "raw" as const, top, children};
  const makers = genesisMakers(await createNativeCrypto());
  const text = formatChainSpec({...spec, genesis}, {isRaw: true}, makers);
  return text.ok ? ok(text.value) : text;
}
