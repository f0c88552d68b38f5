import {err, type Report} from "#base";
import type {Hashing} from "#crypto";
import {type ChainDescription, describeRuntime} from "#description";
import type {Runtime, RuntimeEngine, RuntimeHost, Trap} from "#runtime-api";
import {memoryState, Overlay} from "#state";
import {trapFacts} from "./trap-facts.ts";
import type {TrapLog} from "./trap-log.ts";

export interface TrapExplainerOptions {
  readonly hashing: Hashing;
  readonly log: Pick<TrapLog, "isDue" | "tell">;
}

/** Who sends what these calls are about need not have been let in, and whoever asked is told no more than that it trapped. */
const FOR_THE_LOG_ALONE: ReadonlySet<string> = new Set([
  "TaggedTransactionQueue_validate_transaction",
]);

/** An engine whose runtimes say of a trap what they were at. */
export function explainTraps(
  engine: RuntimeEngine,
  {hashing, log}: TrapExplainerOptions,
): RuntimeEngine {
  const explained = new WeakMap<Runtime, Runtime>();
  const descriptionOf = (runtime: Runtime): ChainDescription | undefined => {
    const state = new Overlay(memoryState([], data => hashing.blake2b256(data)));
    const described = describeRuntime(runtime, {state, verifySignature: () => false});
    return described.ok ? described.value : undefined;
  };
  const factsOf = (runtime: Runtime, trap: Trap, args: Uint8Array, host: RuntimeHost) =>
    trapFacts(trap, args, {state: host.state, description: descriptionOf(runtime), hashing});

  const explaining = (runtime: Runtime): Runtime => ({
    ...runtime,
    call(name, args, host) {
      const answer = runtime.call(name, args, host);
      if (answer.ok || answer.error.code !== "trap") return answer;
      // What others ask for says nothing of this node's blocks; they are told themselves.
      const isDue = host.isAsked !== true && log.isDue(name);
      if (!isDue && FOR_THE_LOG_ALONE.has(name)) return answer;
      const trap = answer.error;
      const facts: NonNullable<Report["facts"]> = factsOf(runtime, trap, args, host);
      if (isDue) log.tell(trap, facts);
      return err({...trap, facts});
    },
  });

  const {prepare} = engine;
  return {
    takes: code => engine.takes(code),
    ...(prepare === undefined ? {} : {prepare: code => prepare.call(engine, code)}),
    runtimeOf(code, state) {
      const found = engine.runtimeOf(code, state);
      if (!found.ok) return found;
      let runtime = explained.get(found.value);
      if (runtime === undefined) {
        runtime = explaining(found.value);
        explained.set(found.value, runtime);
      }
      return {ok: true, value: runtime};
    },
  };
}
