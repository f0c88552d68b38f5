import {useState} from "preact/hooks";
import {Panel} from "../parts/panel.tsx";
import {node} from "../rpc/node.ts";
import {failureText} from "../rpc/rpc-failure.ts";
import {count} from "../text/short.ts";
import {dayText} from "../text/time.ts";

/** Time, on a chain that is one's own. */
export function DevPanel() {
  const [said, setSaid] = useState("");
  const [blocks, setBlocks] = useState("1");
  const act = async (work: () => Promise<string>) => {
    try {
      setSaid("…");
      setSaid(await work());
    } catch (error) {
      setSaid(failureText(error));
    }
  };
  const make = () =>
    act(async () => {
      await node.call("dev_newBlock", [{count: Number(blocks)}]);
      return "Made.";
    });
  const skip = () =>
    act(async () => {
      const {number, session} = await node.call<{number: number; session: number}>(
        "dev_nextSession",
      );
      return `Session ${session} began with block ${count(number)}.`;
    });
  const travel = (milliseconds: number) =>
    act(async () => {
      const at = await node.call<number>("dev_timeTravel", [Date.now() + milliseconds]);
      return `The chain's time is now ${dayText(at)}.`;
    });
  return (
    <Panel title="Time" aside="development chains only">
      <div class="cards">
        <div class="row">
          <label>
            <span class="hidden">How many blocks</span>
            <input
              inputMode="numeric"
              size={4}
              value={blocks}
              onInput={e => setBlocks(e.currentTarget.value.trim())}
            />
          </label>
          <button type="button" disabled={!/^[1-9]\d{0,3}$/.test(blocks)} onClick={make}>
            Make blocks now
          </button>
          <button type="button" onClick={skip}>
            Go to the next session
          </button>
          <button type="button" onClick={() => travel(3_600_000)}>
            An hour ahead
          </button>
        </div>
        <p role="status">{said}</p>
      </div>
    </Panel>
  );
}
