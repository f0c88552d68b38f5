import {LuckBar} from "../charts/luck-bar.tsx";
import type {CollatorSet, SetMember} from "../contract/index.ts";
import {Badge} from "../parts/badge.tsx";
import {Meter} from "../parts/meter.tsx";
import {Address, BlockLink} from "../parts/names.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {Table} from "../parts/table.tsx";
import {collatorSet, status} from "../state/collator.ts";
import {lastBlockOf} from "../state/last-block.ts";
import {isSameAccount} from "../text/account.ts";
import {amountText} from "../text/amount.ts";
import {knownText, UNKNOWN} from "../text/known.ts";
import {plural} from "../text/short.ts";

/** Two standard deviations of so many independent turns: what luck allows. */
const SIGMAS = 2;

/** Who is in the set, who comes and goes, and who would be kicked when. */
export function SetPanel() {
  const set = collatorSet.value.value;
  if (set === undefined) {
    return (
      <Panel title="Collators">
        <Waiting failure={collatorSet.failure.value} />
      </Panel>
    );
  }
  const {members} = set;
  if (members === null) {
    return (
      <Panel title="Collators">
        <p class="soft">Who they are is unknown: this chain does not publish a set of collators.</p>
      </Panel>
    );
  }
  const active = members.filter(({isActive}) => isActive);
  const threatened = members.filter(({kick}) => kick.isPressing);
  return (
    <>
      <Panel title="Collators" aside={`${plural(active.length, "author")} in this session`}>
        <p class="lead">
          {plural(members.length, "account")}; {bondText(set)}{" "}
          {set.kickThreshold === null && set.minEligible === null
            ? "After how many blocks of silence somebody is kicked is unknown."
            : `Who authors nothing for ${knownText(set.kickThreshold, most => plural(most, "block"))} is kicked, unless fewer than ${knownText(set.minEligible)} would be left.`}
          {threatened.length > 0 && (
            <>
              {" "}
              <Badge tone="bad">{plural(threatened.length, "kick")} ahead</Badge>
            </>
          )}
        </p>
        <Table
          caption="Collators with their kick forecast"
          columns={[
            "Account",
            "In the set",
            "Forecast",
            "Kind",
            "Silence",
            "Blocks this session",
            "#Bond",
            "#Last block",
          ]}
        >
          {members.map(member => (
            <MemberRow key={member.account} member={member} set={set} />
          ))}
        </Table>
      </Panel>
      <p class="soft">
        Blocks this session: the bar is made, the line is its share, the shade what luck allows.
      </p>
    </>
  );
}

function MemberRow({member, set}: {member: SetMember; set: CollatorSet}) {
  const {account, kind, deposit, isActive, isQueued, lastAuthored, authored, expected, kick} =
    member;
  const kicked =
    kind === "Leaving" && set.kicked.some(each => isSameAccount(each.account, account));
  const lastBlock = lastBlockOf(lastAuthored, status.value?.head.best ?? 0);
  const share = expected === null ? null : shareOf(expected, status.value?.session.blocksInto ?? 0);
  return (
    <tr class={member.isOurs ? "ours" : undefined}>
      <th scope="row">
        <Address of={account} />
        {member.isOurs && !isSameAccount(status.value?.account, account) && (
          <span class="soft"> (keys held here)</span>
        )}
      </th>
      <td>
        {kicked ? (
          <Badge tone="bad">{isActive ? "kicked, turns go on" : "kicked"}</Badge>
        ) : (
          <Badge tone={isActive ? "good" : isQueued ? "waiting" : "quiet"}>
            {placeText(isActive, isQueued)}
          </Badge>
        )}
      </td>
      <td class="forecast">
        {kick.isPressing && <Badge tone="bad">kick</Badge>} {kick.sentence}
      </td>
      <td>{knownText(kind, each => each.toLowerCase())}</td>
      <td>
        {kick.silentFor === null ? (
          UNKNOWN
        ) : kick.silentFor === undefined ? (
          <span class="soft nowrap">not counted</span>
        ) : (
          <>
            <span class="nowrap">
              {kick.silentFor} of {knownText(set.kickThreshold)}
            </span>
            {set.kickThreshold !== null && (
              <Meter
                label="Blocks of silence"
                value={kick.silentFor}
                max={set.kickThreshold}
                tone={kick.isPressing ? "bad" : undefined}
              />
            )}
          </>
        )}
      </td>
      <td class="share">
        <span class="nowrap">
          {knownText(authored)} of {knownText(expected, each => each.toFixed(1))}
        </span>
        {isActive && authored !== null && expected !== null && share !== null && (
          <LuckBar
            made={authored}
            expected={expected}
            low={expected - share}
            high={expected + share}
          />
        )}
      </td>
      <td class="number nowrap">
        {knownText(deposit, each => (BigInt(each) > 0n ? amountText(each) : "none"))}
      </td>
      <td class="number">
        {lastAuthored === null ? (
          UNKNOWN
        ) : lastBlock === undefined ? (
          "none"
        ) : (
          <BlockLink number={lastBlock} />
        )}
      </td>
    </tr>
  );
}

function bondText({candidacyBond, desiredCandidates}: CollatorSet): string {
  if (candidacyBond === null && desiredCandidates === null) {
    return "what a candidate's bond and places are is unknown.";
  }
  const places = knownText(desiredCandidates, count =>
    plural(count, "candidate's place", "candidates' places"),
  );
  return `a bond of ${knownText(candidacyBond, amountText)} stands for one of ${places}.`;
}

function placeText(isActive: boolean, isQueued: boolean | null): string {
  if (isQueued === null) return isActive ? `now; next ${UNKNOWN}` : UNKNOWN;
  return isActive ? (isQueued ? "now and next" : "leaving") : isQueued ? "next" : "no";
}

function shareOf(expected: number, blocks: number): number {
  if (blocks === 0) return 0;
  const chance = Math.min(1, expected / blocks);
  return SIGMAS * Math.sqrt(blocks * chance * (1 - chance));
}
