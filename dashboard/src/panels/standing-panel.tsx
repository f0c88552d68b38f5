import {Badge} from "../parts/badge.tsx";
import {Fact, Facts} from "../parts/facts.tsx";
import {Meter} from "../parts/meter.tsx";
import {BlockLink} from "../parts/names.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {status} from "../state/collator.ts";
import {lastBlockOf} from "../state/last-block.ts";
import {amountText} from "../text/amount.ts";
import {plural} from "../text/short.ts";

/** Is this account in the set, and what would put it out? */
export function StandingPanel() {
  const current = status.value;
  const standing = current?.standing;
  const lastBlock = current && standing && lastBlockOf(standing.lastAuthored, current.head.best);
  return (
    <Panel
      title="Standing"
      aside={
        standing !== undefined && (
          <Badge tone={standing.isActive ? "good" : standing.isQueued ? "waiting" : "quiet"}>
            {standing.isActive
              ? "authoring"
              : standing.isQueued
                ? "from next session"
                : "not in the set"}
          </Badge>
        )
      }
    >
      {current === undefined ? (
        <Waiting failure={status.failure.value} />
      ) : standing === undefined ? (
        <p class="soft">No account is known, so it has no standing.</p>
      ) : (
        <>
          <p class="lead">{standing.kick.sentence}</p>
          {standing.kick.silentFor !== undefined && (
            <div class="lead">
              <Meter
                label="Blocks since it last authored, of those that lead to a kick"
                value={standing.kick.silentFor}
                max={standing.kick.threshold}
                tone={standing.kick.isPressing ? "bad" : undefined}
              />
            </div>
          )}
          <Facts>
            <Fact name="Kind">
              {KINDS[standing.kind]}
              {standing.position !== undefined &&
                `, ${standing.position} of ${standing.candidates}`}
            </Fact>
            <Fact name="Bond">
              {BigInt(standing.deposit) > 0n
                ? amountText(standing.deposit)
                : `none; ${amountText(standing.candidacyBond)} to stand`}
            </Fact>
            <Fact name="Places">
              {standing.candidates} of {plural(standing.desiredCandidates, "candidate")} wanted
            </Fact>
            <Fact name="Last authored">
              {lastBlock !== undefined ? (
                <BlockLink number={lastBlock} />
              ) : standing.lastAuthored > 0 ? (
                "not yet as a candidate"
              ) : (
                "never"
              )}
            </Fact>
            {current.balance && (
              <Fact name="Balance">
                {amountText(current.balance.free)} free, {amountText(current.balance.reserved)}{" "}
                reserved
              </Fact>
            )}
          </Facts>
        </>
      )}
    </Panel>
  );
}

const KINDS = {
  Invulnerable: "invulnerable",
  Candidate: "candidate",
  Leaving: "leaving",
  None: "none",
} as const;
