import {Badge} from "../parts/badge.tsx";
import {Known} from "../parts/known.tsx";
import {Address, BlockLink, Hash} from "../parts/names.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {Table} from "../parts/table.tsx";
import {chainTimeAhead, status} from "../state/collator.ts";
import {bestHead, finalNumber} from "../state/heads.ts";
import {recentBlocks} from "../state/recent-blocks.ts";
import {isSameAccount} from "../text/account.ts";
import {bytesText, count} from "../text/short.ts";
import {timeText} from "../text/time.ts";

/** What was made lately, by whom, with how much in it. */
export function RecentBlocksPanel() {
  // Looked at here so that it is open while its blocks are shown.
  void bestHead.value;
  const account = status.value?.account;
  const blocks = recentBlocks.value.value;
  const final = finalNumber.value ?? 0;
  if (blocks === undefined) {
    return (
      <Panel title="Newest blocks">
        <Waiting failure={recentBlocks.failure.value} />
      </Panel>
    );
  }
  return (
    <Panel title="Newest blocks" aside={`final up to ${count(final)}`}>
      <Table
        caption="Newest blocks"
        columns={["Block", "State", "Time", "Author", "#Extrinsics", "#Size", "Hash"]}
      >
        {blocks.map(({number, hash, at, author, extrinsics, bytes}) => (
          <tr
            key={hash}
            class={author !== undefined && isSameAccount(account, author) ? "ours" : undefined}
          >
            <th scope="row">
              <BlockLink number={number} hash={hash} />
            </th>
            <td>
              {number <= final ? (
                <Badge tone="good">final</Badge>
              ) : (
                <Badge tone="quiet">best</Badge>
              )}
            </td>
            <td class="nowrap">
              {number > 0 && (
                <Known value={at}>{each => timeText(each - chainTimeAhead.value)}</Known>
              )}
            </td>
            <td>{number > 0 && <Known value={author}>{each => <Address of={each} />}</Known>}</td>
            <td class="number">{count(extrinsics)}</td>
            <td class="number nowrap">{bytesText(bytes)}</td>
            <td>
              <Hash of={hash} ends={4} />
            </td>
          </tr>
        ))}
      </Table>
    </Panel>
  );
}
