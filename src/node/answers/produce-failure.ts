import type {DemandFailure} from "#core";
import type {ProduceFailure} from "#rpc";

/** Why a block was not made, as far as clients tell reasons apart. */
export function produceFailure(failure: DemandFailure): ProduceFailure {
  if (failure.code === "pool-empty" || failure.code === "shutting-down") return failure;
  const facts =
    "facts" in failure && failure.facts !== undefined
      ? Object.entries(failure.facts).map(([label, value]) => `; ${label}: ${value}`)
      : [];
  const reason =
    "reason" in failure ? `${failure.code}: ${failure.reason}${facts.join("")}` : failure.code;
  return {code: "authoring-failed", reason};
}
