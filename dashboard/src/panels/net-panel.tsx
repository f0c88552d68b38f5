import type {NetNode} from "../contract/node-answers.ts";
import {Badge} from "../parts/badge.tsx";
import {Panel} from "../parts/panel.tsx";
import {Table} from "../parts/table.tsx";
import {netNodes} from "../state/net.ts";
import {isHere} from "../state/node-name.ts";
import {accountName} from "../text/account-name.ts";
import {knownText} from "../text/known.ts";
import {count} from "../text/short.ts";
import {timeText} from "../text/time.ts";

/** All nodes of a network on this machine, side by side. */
export function NetPanel() {
  const nodes = netNodes.value.value;
  if (nodes === undefined || nodes === null) {
    return nodes === null || netNodes.failure.value !== undefined ? (
      <p class="soft">khala net does not tell of its other nodes now.</p>
    ) : null;
  }
  const gone = nodes.filter(({goneSince}) => goneSince !== null).length;
  return (
    <Panel
      title="Nodes of this network"
      aside={
        <Badge tone={gone > 0 ? "bad" : "good"}>
          {gone > 0 ? `${gone} of ${nodes.length} gone` : `all ${nodes.length} answer`}
        </Badge>
      }
    >
      <Table
        caption="Nodes of this network"
        columns={["Node", "How it is", "#Best", "#Final", "#Made this session", "#Peers"]}
      >
        {nodes.map(node => (
          <Row key={node.name} node={node} />
        ))}
      </Table>
    </Panel>
  );
}

/** The page of a node is where its RPC is, by the name by which this page was reached. */
function pageOf(url: string): string {
  const {port} = new URL(url);
  return `${location.protocol}//${location.hostname}:${port}/`;
}

function Row({node}: {node: NetNode}) {
  const {name, url, address, said, goneSince, hasEnded} = node;
  const isOwn = isHere(url);
  const place = accountName(address);
  return (
    <tr class={isOwn ? "ours" : undefined}>
      <th scope="row">
        {isOwn ? name : <a href={pageOf(url)}>{name}</a>}{" "}
        <span class="soft">{isOwn ? "this page" : place}</span>
      </th>
      <td title={said?.verdict.sentence}>
        {goneSince !== null ? (
          <>
            <Badge tone="bad">{hasEnded ? "ended" : "silent"}</Badge>{" "}
            <span class="soft">
              {hasEnded ? "at" : "since"} {timeText(goneSince)}
            </span>
          </>
        ) : said === null ? (
          <span class="soft">starting</span>
        ) : (
          <Badge tone={said.verdict.level}>{said.verdict.code.replaceAll("-", " ")}</Badge>
        )}
      </td>
      <td class="number">{knownText(said?.best, count)}</td>
      <td class="number">{knownText(said?.finalized, count)}</td>
      <td class="number nowrap">
        {said === null ? "unknown" : `${knownText(said.made)} of ${knownText(said.turns)}`}
      </td>
      <td class="number">{knownText(said?.peers)}</td>
    </tr>
  );
}
