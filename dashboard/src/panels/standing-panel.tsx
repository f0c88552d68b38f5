import type {CollatorStatus} from "../contract/index.ts";
import {Badge} from "../parts/badge.tsx";
import {Fact, Facts} from "../parts/facts.tsx";
import {Known} from "../parts/known.tsx";
import {Meter} from "../parts/meter.tsx";
import {BlockLink} from "../parts/names.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {status} from "../state/collator.ts";
import {lastBlockOf} from "../state/last-block.ts";
import {amountText} from "../text/amount.ts";
import {knownText, UNKNOWN} from "../text/known.ts";
import {plural} from "../text/short.ts";

type Standing = NonNullable<CollatorStatus["standing"]>;

/** Is this account in the set, and what would put it out? */
export function StandingPanel() {
  const current = status.value;
  const standing = current?.standing;
  const isKicked = current?.verdict.code === "kicked";
  const lastBlock = current && standing && lastBlockOf(standing.lastAuthored, current.head.best);
  return (
    <Panel
      title="Standing"
      aside={
        current !== undefined &&
        standing !== undefined && (
          <Place standing={standing} isKeyMissing={current.keys?.now?.isHeld === false} />
        )
      }
    >
      {current === undefined ? (
        <Waiting failure={status.failure.value} />
      ) : standing === undefined ? (
        <p class="soft">
          {current.whyNoSet === undefined
            ? "No account is known, so it has no standing."
            : `Its standing is unknown: ${current.whyNoSet}.`}
        </p>
      ) : (
        <>
          <p class="lead">{standing.kick.sentence}</p>
          {typeof standing.kick.silentFor === "number" && standing.kick.threshold !== null && (
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
              {isKicked ? "kicked" : knownText(standing.kind, kind => KINDS[kind])}
              {standing.position !== undefined &&
                `, ${standing.position} of ${knownText(standing.candidates)}`}
            </Fact>
            <Fact name="Bond">
              <Known value={standing.deposit}>
                {deposit =>
                  BigInt(deposit) > 0n
                    ? amountText(deposit)
                    : `none; ${knownText(standing.candidacyBond, amountText)} to stand`
                }
              </Known>
            </Fact>
            <Fact name="Places">
              {knownText(standing.candidates)} of{" "}
              {knownText(standing.desiredCandidates, count => plural(count, "candidate"))} wanted
            </Fact>
            <Fact name="Last authored">
              {lastBlock !== undefined ? (
                <BlockLink number={lastBlock} />
              ) : standing.lastAuthored === null ? (
                UNKNOWN
              ) : standing.kind === "None" || standing.kind === "Leaving" ? (
                "the chain keeps it of who stands alone"
              ) : standing.lastAuthored > 0 ? (
                "not yet as a candidate"
              ) : (
                "never"
              )}
            </Fact>
            {current.balance && (
              <Fact name="Balance">
                {knownText(current.balance.free, amountText)} free,{" "}
                {knownText(current.balance.reserved, amountText)} reserved
              </Fact>
            )}
          </Facts>
        </>
      )}
    </Panel>
  );
}

/** Who is in the set authors, unless the key for it is not here. */
function Place({
  standing,
  isKeyMissing,
}: {
  readonly standing: Standing;
  readonly isKeyMissing: boolean;
}) {
  if (standing.isActive && isKeyMissing)
    return <Badge tone="bad">in the set, without its key</Badge>;
  const tone = standing.isActive ? "good" : standing.isQueued ? "waiting" : "quiet";
  return <Badge tone={tone}>{placeText(standing)}</Badge>;
}

function placeText({isActive, isQueued}: Standing): string {
  if (isActive) return "authoring";
  if (isQueued) return "from next session";
  return isQueued === null ? "not in this session's set" : "not in the set";
}

const KINDS = {
  Invulnerable: "invulnerable",
  Candidate: "candidate",
  Leaving: "leaving",
  None: "none",
} as const;
