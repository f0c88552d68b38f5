import {err, ok, type Result} from "#base";
import type {Blockchain} from "#core";
import type {SessionKeyRuntime} from "#rpc";
import {
  type ApiFailure,
  askSessionKeyKinds,
  describeApiFailure,
  generateSessionKeys,
  type Runtime,
  type RuntimeHost,
} from "#runtime-api";

/** The best block's runtime, asked about session keys. */
export function createSessionKeyRuntime(
  chain: Pick<Blockchain, "head" | "runtimeOf" | "host">,
  rest: Omit<RuntimeHost, "state">,
): SessionKeyRuntime {
  const ask = <T>(
    question: (runtime: Runtime, host: RuntimeHost) => Result<T, ApiFailure>,
  ): Result<T, string> => {
    const {state} = chain.head;
    const runtime = chain.runtimeOf(state);
    if (!runtime.ok) return runtime;
    const answer = question(runtime.value, chain.host(state, rest));
    return answer.ok ? ok(answer.value) : err(describeApiFailure(answer.error));
  };
  return {
    types() {
      const kinds = ask(askSessionKeyKinds);
      return kinds.ok ? ok(kinds.value.map(({keyType}) => keyType)) : kinds;
    },
    generate: (generateSessionKey, keys, owner) =>
      ask((runtime, host) =>
        generateSessionKeys(runtime, {...host, generateSessionKey, keys}, owner),
      ),
  };
}
