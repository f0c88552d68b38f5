import {bytesToHex, equalBytes, err, type Result} from "#base";
import type {GenesisMakers} from "#chain-spec";
import type {BlockHashing, Hashing} from "#crypto";
import {type ChainDescription, describeRuntime} from "#description";
import {
  type ApiFailure,
  apiVersion,
  askSessionKeyKinds,
  auraAuthorities,
  auraSlotDuration,
  describeApiFailure,
  grandpaAuthorities,
  type Runtime,
  type RuntimeHost,
} from "#runtime-api";
import {memoryState, Overlay} from "#state";
import type {RehearsedChain, WholeState} from "./rehearse.ts";
import {stop} from "./stop.ts";
import type {RehearsalCollator} from "./wishes.ts";

/** What a chain's runtime says of itself over its first state. */
export interface ChainRuntime
  extends Pick<RehearsedChain, "description" | "keyKinds" | "slotDuration"> {
  readonly runtime: Runtime;
}

/** Stops where no runtime is found, where authors do not take turns by Aura, and where it does not describe itself. */
export function runtimeIn(state: WholeState, tools: GenesisMakers): ChainRuntime {
  const {hashing, runtimeOf} = tools;
  const host = hostOver(state, hashing);
  const found = runtimeOf?.(host().state) ?? err("nothing here runs it");
  if (!found.ok) return unusable(`the runtime cannot be run: ${found.error}`);
  const runtime = found.value;
  if (apiVersion(runtime, "AuraApi") === undefined) return withoutAura(runtime);
  const keyKinds = answered(askSessionKeyKinds(runtime, host()));
  const description = describeRuntime(runtime, host());
  if (!description.ok) return undescribed(runtime, description.error);
  const slotDuration = Number(answered(auraSlotDuration(runtime, host())));
  return {runtime, keyKinds, slotDuration, description: description.value};
}

/** By the runtime's own eye: who it says makes blocks of the state, and votes, are those who were wished for. */
export function checkSeen(
  state: WholeState,
  chain: ChainRuntime,
  collators: readonly RehearsalCollator[],
  hashing: Hashing,
): void {
  const {authors, voters} = seenBy(state, chain, hashing);
  const keysOf = (type: string) => collators.map(({keys, voter}) => keys.get(type) ?? voter);
  checkSame("authors", authors, keysOf("aura"));
  if (voters !== undefined) checkSame("voters", voters, keysOf("gran"));
}

/** Keys of those who author and, where the runtime names voters, vote. */
export function seenBy(
  state: WholeState,
  {runtime}: Pick<ChainRuntime, "runtime">,
  hashing: Hashing,
): {readonly authors: readonly Uint8Array[]; readonly voters: readonly Uint8Array[] | undefined} {
  const host = hostOver(state, hashing);
  const authors = answered(auraAuthorities(runtime, host()));
  if (apiVersion(runtime, "GrandpaApi") === undefined) return {authors, voters: undefined};
  return {authors, voters: answered(grandpaAuthorities(runtime, host())).map(([key]) => key)};
}

function checkSame(who: string, seen: readonly Uint8Array[], wished: readonly Uint8Array[]): void {
  const isSame =
    seen.length === wished.length && wished.every(key => seen.some(each => equalBytes(each, key)));
  if (isSame) return;
  stop({
    code: "rehearsal-not-read-back",
    what: `the runtime does not see the ${who} that were written for it`,
    facts: [[who, seen.map(bytesToHex).join(", ") || "none"]],
    todo: "ask for fewer collators; if that is no help, the runtime keeps them elsewhere: report it with the chain spec",
  });
}

/** Host functions by which modules of chains that hash by Keccak make roots of lists; others have no use for them. */
const KECCAK_ROOTS = [1, 2].map(version => `ext_trie_keccak_256_ordered_root_version_${version}`);

/** What a chain seems to hash by where nobody says it; engines of modules tell which host functions theirs ask for. */
export function blockHashingOf(runtime: Runtime & {imports?: ReadonlySet<string>}): BlockHashing {
  return KECCAK_ROOTS.some(name => runtime.imports?.has(name)) ? "keccak-256" : "blake2-256";
}

/** Each call has an overlay of its own. */
function hostOver(state: WholeState, hashing: Hashing): () => RuntimeHost {
  const view = memoryState(state.top, data => hashing.blockHash(data), 0, state.children);
  return () => ({state: new Overlay(view), verifySignature: () => false});
}

/** The description of other code, which has no state of its own yet; undefined where it has none. */
export function descriptionOfCode(
  code: Uint8Array,
  {hashing, runtimeOf}: GenesisMakers,
): {readonly runtime: Runtime; readonly description: ChainDescription | undefined} {
  const host = hostOver({top: new Map([[":code", code]]), children: new Map()}, hashing);
  const runtime = runtimeOf?.(host().state) ?? err("nothing here runs it");
  if (!runtime.ok) return unusable(`the other code cannot be run: ${runtime.error}`);
  if (apiVersion(runtime.value, "AuraApi") === undefined) return withoutAura(runtime.value);
  const described = describeRuntime(runtime.value, host());
  return {runtime: runtime.value, description: described.ok ? described.value : undefined};
}

const answered = <T>(answer: Result<T, ApiFailure>): T =>
  answer.ok ? answer.value : unusable(describeApiFailure(answer.error));

const unusable = (reason: string): never =>
  stop({
    code: "rehearsal-runtime-unusable",
    what: `the chain's runtime does not say what a rehearsal needs: ${reason}`,
    todo: "see khala runtime inspect; give other code by --code FILE",
  });

const named = ({version: {specName, specVersion}}: Runtime) => `${specName} ${specVersion}`;

const withoutAura = (runtime: Runtime): never =>
  stop({
    code: "rehearsal-without-aura",
    what: `authors of ${named(runtime)} do not take turns by Aura, which is the only way that this program makes blocks`,
    todo: "rehearse on a chain that has AuraApi; of a relay chain or a shell there is nothing to rehearse here",
  });

const undescribed = (runtime: Runtime, reason: string): never =>
  stop({
    code: "rehearsal-not-described",
    what: `${named(runtime)} cannot be changed by names: ${reason}`,
    todo: "give code from after spring 2021 (metadata 13) by a state export of a later block",
  });
