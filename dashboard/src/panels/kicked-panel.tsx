import {Address, BlockLink} from "../parts/names.tsx";
import {Panel} from "../parts/panel.tsx";
import {Table} from "../parts/table.tsx";
import {collatorSet} from "../state/collator.ts";
import {isSameAccount} from "../text/account.ts";
import {amountText} from "../text/amount.ts";
import {knownText, UNKNOWN} from "../text/known.ts";
import {plural} from "../text/short.ts";
import {timeText} from "../text/time.ts";

/** Who was put out lately, why, and what became of the bond. */
export function KickedPanel() {
  const set = collatorSet.value.value;
  if (set === undefined || set.kicked.length === 0) return null;
  const stands = (account: string) =>
    set.members?.some(each => isSameAccount(each.account, account) && each.kind === "Candidate");
  return (
    <Panel
      title="Kicked lately"
      aside={`${plural(set.kicked.length, "kick")} in the last sessions`}
    >
      <p class="lead">
        A change of sessions takes a candidate off the list who authored nothing for too long. The
        bond comes back at once; whoever mends the cause may register again.
      </p>
      <Table
        caption="Candidates that were kicked"
        columns={["Account", "Why", "#Bond back", "When", "#At block", "Now"]}
      >
        {set.kicked.map(({account, block, at, bond, silentFor, threshold}) => (
          <tr key={`${account} ${block}`}>
            <th scope="row">
              <Address of={account} />
            </th>
            <td class="forecast">
              {silentFor === null
                ? UNKNOWN
                : `silent for ${plural(silentFor, "block")}, and ${knownText(threshold)} lead to that`}
            </td>
            <td class="number nowrap">{knownText(bond, amountText)}</td>
            <td class="nowrap">{knownText(at, timeText)}</td>
            <td class="number">
              <BlockLink number={block} />
            </td>
            <td>{stands(account) ? "stands again" : "no candidate"}</td>
          </tr>
        ))}
      </Table>
    </Panel>
  );
}
