import {useEffect, useState} from "preact/hooks";
import {callName, type DecodedExtrinsic, decodeExtrinsic} from "../chain/extrinsic.ts";
import {runtimeAt} from "../chain/runtime.ts";
import {Known} from "../parts/known.tsx";
import {Address, Hash} from "../parts/names.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {Said} from "../parts/said.tsx";
import {Table} from "../parts/table.tsx";
import {failureText} from "../rpc/rpc-failure.ts";
import {pending} from "../state/network.ts";
import {count} from "../text/short.ts";

const SHOWN = 50;

/** What could be in the next block. */
export function PoolPanel() {
  const list = pending.value.value;
  const [decoded, setDecoded] = useState<readonly DecodedExtrinsic[]>([]);
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    if (list === undefined) return;
    let isWanted = true;
    runtimeAt().then(
      runtime => {
        if (!isWanted) return;
        setDecoded(list.slice(0, SHOWN).map(each => decodeExtrinsic(each, runtime)));
        setFailure(undefined);
      },
      error => isWanted && setFailure(failureText(error)),
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
      ) : failure !== undefined ? (
        <Waiting failure={failure} />
      ) : (
        <Table caption="Ready transactions" columns={["Call", "Signer", "Arguments", "Hash"]}>
          {decoded.map(({hash, call, kind, signer}) => (
            <tr key={hash}>
              <th scope="row">{callName(call)}</th>
              <td>
                {kind !== "bare" && <Known value={signer}>{who => <Address of={who} />}</Known>}
              </td>
              <td class="value">
                <Said parts={call?.said ?? []} />
              </td>
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
