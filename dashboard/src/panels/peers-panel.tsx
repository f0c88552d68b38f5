import {Hash} from "../parts/names.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {Table} from "../parts/table.tsx";
import {status} from "../state/collator.ts";
import {peers} from "../state/network.ts";
import {count, plural} from "../text/short.ts";

/** Who hears of this node's blocks, and how far along they are. */
export function PeersPanel() {
  // Looked at, so that it is known how high this node is when peers are asked for.
  void status.value;
  const known = peers.value.value;
  if (known === undefined) {
    return (
      <Panel title="Peers">
        <Waiting failure={peers.failure.value} />
      </Panel>
    );
  }
  const {list, best} = known;
  return (
    <Panel title="Peers" aside={plural(list.length, "peer")}>
      {list.length === 0 ? (
        <p class="soft">None. A chain for one machine needs none.</p>
      ) : (
        <Table caption="Peers" columns={["Peer", "Role", "#Best block", "#Behind this node"]}>
          {list.map(({peerId, roles, bestNumber: theirs}) => (
            <tr key={peerId}>
              <th scope="row">
                <Hash of={peerId} ends={8} />
              </th>
              <td>{roles.toLowerCase()}</td>
              <td class="number">{count(theirs)}</td>
              <td class="number">{best === undefined ? "" : count(Math.max(0, best - theirs))}</td>
            </tr>
          ))}
        </Table>
      )}
    </Panel>
  );
}
