import {Badge} from "../parts/badge.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {equivocations} from "../state/network.ts";
import {plural} from "../text/short.ts";

/** Did anybody sign twice where once is allowed? */
export function EquivocationsPanel() {
  const proofs = equivocations.value.value;
  if (proofs === undefined) {
    return (
      <Panel title="Signed twice">
        <Waiting failure={equivocations.failure.value} />
      </Panel>
    );
  }
  const {blocks, votes} = proofs;
  const isNone = blocks.length + votes.length === 0;
  return (
    <Panel
      title="Signed twice"
      aside={<Badge tone={isNone ? "good" : "bad"}>{isNone ? "none seen" : "seen"}</Badge>}
    >
      {isNone ? (
        <p class="soft">This node has seen no two blocks or votes that exclude each other.</p>
      ) : (
        <>
          <p class="lead">
            {plural(blocks.length, "proof")} of two blocks in one slot, {votes.length} of two votes
            in one round. Anybody can check them.
          </p>
          {[...blocks, ...votes].map(proof => (
            <details key={proof}>
              <summary class="mono">{proof.slice(0, 42)}…</summary>
              <pre>{proof}</pre>
            </details>
          ))}
        </>
      )}
    </Panel>
  );
}
