import {useState} from "preact/hooks";
import {node} from "../rpc/node.ts";
import {failureText} from "../rpc/rpc-failure.ts";
import {count} from "../text/short.ts";

interface Dispatched {
  readonly how: string;
  readonly blockNumber: number;
  readonly error: string | null;
  readonly events: readonly string[];
}

/** On a development chain the node calls as root, on runtimes without a sudo key too; nobody signs. */
export function RootByNode({call}: {call: string | undefined}) {
  const [said, setSaid] = useState("");
  const onClick = async () => {
    setSaid("…");
    try {
      const {how, blockNumber, error, events} = await node.call<Dispatched>("dev_dispatch", [
        {origin: "root", call},
      ]);
      setSaid(
        error === null
          ? `Done in block ${count(blockNumber)}, by way of ${how}: ${events.join(", ")}`
          : `It is in block ${count(blockNumber)}, and failed there: ${error}`,
      );
    } catch (error) {
      setSaid(`Not done: ${failureText(error)}`);
    }
  };
  return (
    <div class="row">
      <button type="button" disabled={call === undefined} onClick={onClick}>
        Run it as root, unsigned
      </button>
      <span role="status">{said}</span>
    </div>
  );
}
