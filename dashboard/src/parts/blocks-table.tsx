import {status} from "../state/collator.ts";
import {finalNumber} from "../state/heads.ts";
import {type BlockSummary, SHOWN} from "../state/recent-blocks.ts";
import {isSameAccount} from "../text/account.ts";
import {bytesText, count} from "../text/short.ts";
import {timeText} from "../text/time.ts";
import {Badge} from "./badge.tsx";
import {Known} from "./known.tsx";
import {Address, BlockLink, Hash} from "./names.tsx";
import {Table} from "./table.tsx";

/** Blocks in a row: who made them, when, with how much in them. */
export function BlocksTable({caption, blocks}: {caption: string; blocks: readonly BlockSummary[]}) {
  const account = status.value?.account;
  const final = finalNumber.value ?? 0;
  return (
    <Table
      caption={caption}
      columns={["Block", "Time", "Author", "#Extrinsics", "State", "#Size", "Hash"]}
    >
      {blocks.map(({number, hash, at, author, extrinsics, bytes}) => (
        <tr
          key={hash}
          class={author !== undefined && isSameAccount(account, author) ? "ours" : undefined}
        >
          <th scope="row">
            <BlockLink number={number} hash={hash} />
          </th>
          <td class="nowrap">{number > 0 && <Known value={at}>{each => timeText(each)}</Known>}</td>
          <td>{number > 0 && <Known value={author}>{each => <Address of={each} />}</Known>}</td>
          <td class="number">{count(extrinsics)}</td>
          <td>
            {number <= final ? <Badge tone="good">final</Badge> : <Badge tone="quiet">best</Badge>}
          </td>
          <td class="number nowrap">{bytesText(bytes)}</td>
          <td>
            <Hash of={hash} ends={4} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** Ways to the pages beside this one. */
export function Pages({blocks, newer}: {blocks: readonly BlockSummary[]; newer?: number}) {
  const oldest = blocks.at(-1)?.number ?? 0;
  return (
    <p class="row apart">
      {newer !== undefined && (
        <>
          <a href="#/blocks">Newest</a>
          <a href={`#/blocks/to/${newer + SHOWN}`}>Newer</a>
        </>
      )}
      {oldest > 0 && <a href={`#/blocks/to/${oldest - 1}`}>Older</a>}
    </p>
  );
}
