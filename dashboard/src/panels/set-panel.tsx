import {LuckBar} from "../charts/luck-bar.tsx";
import type {CollatorSet, SetMember} from "../contract/index.ts";
import {Badge} from "../parts/badge.tsx";
import {Meter} from "../parts/meter.tsx";
import {Address, BlockLink} from "../parts/names.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {Table} from "../parts/table.tsx";
import {collatorSet, status} from "../state/collator.ts";
import {lastBlockOf} from "../state/last-block.ts";
import {amountText} from "../text/amount.ts";
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
  const active = set.members.filter(({isActive}) => isActive);
  const threatened = set.members.filter(({kick}) => kick.isPressing);
  return (
    <>
      <Panel title="Collators" aside={`${active.length} author in this session`}>
        <p class="lead">
          {plural(set.members.length, "account")}; a bond of {amountText(set.candidacyBond)} stands
          for one of {plural(set.desiredCandidates, "candidate's place", "candidates' places")}. Who
          authors nothing for {set.kickThreshold} blocks is kicked, unless fewer than{" "}
          {set.minEligible} would be left.
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
            "Forecast",
            "Kind",
            "In the set",
            "Silence",
            "Blocks this session",
            "#Bond",
            "#Last block",
          ]}
        >
          {set.members.map(member => (
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
  const lastBlock = lastBlockOf(lastAuthored, status.value?.head.best ?? 0);
  const share = shareOf(expected, status.value?.session.blocksInto ?? 0);
  return (
    <tr class={member.isOurs ? "ours" : undefined}>
      <th scope="row">
        <Address of={account} />
        {member.isOurs && account !== status.value?.account && (
          <span class="soft"> (keys held here)</span>
        )}
      </th>
      <td class="forecast">
        {kick.isPressing && <Badge tone="bad">kick</Badge>} {kick.sentence}
      </td>
      <td>{kind.toLowerCase()}</td>
      <td>
        <Badge tone={isActive ? "good" : isQueued ? "waiting" : "quiet"}>
          {isActive ? (isQueued ? "now and next" : "leaving") : isQueued ? "next" : "no"}
        </Badge>
      </td>
      <td>
        {kick.silentFor === undefined ? (
          <span class="soft nowrap">not counted</span>
        ) : (
          <>
            <span class="nowrap">
              {kick.silentFor} of {set.kickThreshold}
            </span>
            <Meter
              label="Blocks of silence"
              value={kick.silentFor}
              max={set.kickThreshold}
              tone={kick.isPressing ? "bad" : undefined}
            />
          </>
        )}
      </td>
      <td class="share">
        <span class="nowrap">
          {authored} of {expected.toFixed(1)}
        </span>
        {isActive && (
          <LuckBar
            made={authored}
            expected={expected}
            low={expected - share}
            high={expected + share}
          />
        )}
      </td>
      <td class="number nowrap">{BigInt(deposit) > 0n ? amountText(deposit) : "none"}</td>
      <td class="number">{lastBlock === undefined ? "none" : <BlockLink number={lastBlock} />}</td>
    </tr>
  );
}

function shareOf(expected: number, blocks: number): number {
  if (blocks === 0) return 0;
  const chance = Math.min(1, expected / blocks);
  return SIGMAS * Math.sqrt(blocks * chance * (1 - chance));
}
