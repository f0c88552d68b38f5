import {useState} from "preact/hooks";
import type {Ban} from "../contract/node-answers.ts";
import {Hash} from "../parts/names.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {Table} from "../parts/table.tsx";
import {node} from "../rpc/node.ts";
import {failureText} from "../rpc/rpc-failure.ts";
import {bans} from "../state/network.ts";
import {short} from "../text/short.ts";
import {timeText} from "../text/time.ts";

/** Who is not let in, why and until when. */
export function BansPanel() {
  const list = bans.value.value;
  const [said, setSaid] = useState("");
  const lift = async (peerId: string) => {
    try {
      const was = await node.call<boolean>("khala_liftBan", [peerId]);
      setSaid(`${short(peerId)} ${was ? "is let in again" : "was not banned any more"}`);
      await bans.refresh();
    } catch (error) {
      setSaid(failureText(error));
    }
  };
  return (
    <Panel title="Bans" aside={list && String(list.length)}>
      {list === undefined ? (
        <Waiting failure={bans.failure.value} />
      ) : list.length === 0 ? (
        <p class="soft">Nobody is kept out.</p>
      ) : (
        <Table caption="Banned peers" columns={["Peer", "Reason", "Until", "Lift"]}>
          {list.map(ban => (
            <BanRow key={ban.peerId} ban={ban} lift={lift} />
          ))}
        </Table>
      )}
      <p role="status">{said}</p>
    </Panel>
  );
}

function BanRow({ban, lift}: {ban: Ban; lift: (peerId: string) => void}) {
  return (
    <tr>
      <th scope="row">
        <Hash of={ban.peerId} />
      </th>
      <td>{ban.reason}</td>
      <td>{timeText(ban.until)}</td>
      <td>
        <button
          type="button"
          class="quiet"
          aria-label={`Lift the ban of ${short(ban.peerId)}`}
          onClick={() => lift(ban.peerId)}
        >
          Lift
        </button>
      </td>
    </tr>
  );
}
