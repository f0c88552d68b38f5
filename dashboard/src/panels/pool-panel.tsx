import {useEffect, useState} from "preact/hooks";
import {type DecodedExtrinsic, decodeExtrinsic} from "../chain/extrinsic.ts";
import {runtimeAt} from "../chain/runtime.ts";
import {lineText} from "../chain/value-text.ts";
import {Address, Hash} from "../parts/names.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {Table} from "../parts/table.tsx";
import {pending} from "../state/network.ts";
import {count} from "../text/short.ts";

const SHOWN = 50;

/** What could be in the next block. */
export function PoolPanel() {
  const list = pending.value.value;
  const [decoded, setDecoded] = useState<readonly DecodedExtrinsic[]>([]);
  useEffect(() => {
    if (list === undefined) return;
    let isWanted = true;
    runtimeAt().then(
      runtime => {
        if (isWanted) setDecoded(list.slice(0, SHOWN).map(each => decodeExtrinsic(each, runtime)));
      },
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [list]);
  return (
    <Panel title="Pool" aside={list && `${count(list.length)} ready`}>
      {list === undefined ? (
        <Waiting failure={pending.failure.value} />
      ) : list.length === 0 ? (
        <p class="soft">Nothing waits to be put into a block.</p>
      ) : (
        <Table caption="Ready transactions" columns={["Call", "Signer", "Arguments", "Hash"]}>
          {decoded.map(({hash, call, signer}) => (
            <tr key={hash}>
              <th scope="row">
                {call.pallet}.{call.name}
              </th>
              <td>{signer !== undefined && <Address of={signer} />}</td>
              <td class="value">{lineText(call.args)}</td>
              <td>
                <Hash of={hash} ends={4} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Panel>
  );
}
