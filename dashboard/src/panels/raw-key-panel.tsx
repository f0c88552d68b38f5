import {useState} from "preact/hooks";
import {Panel} from "../parts/panel.tsx";
import {node} from "../rpc/node.ts";
import {failureText} from "../rpc/rpc-failure.ts";

/** The bytes under a key, for what no metadata names. */
export function RawKeyPanel() {
  const [said, setSaid] = useState<string>();
  const onSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    const key = String(new FormData(event.currentTarget as HTMLFormElement).get("key")).trim();
    try {
      setSaid((await node.call<string | null>("state_getStorage", [key])) ?? "Nothing is stored.");
    } catch (error) {
      setSaid(failureText(error));
    }
  };
  return (
    <Panel title="Storage by raw key">
      <form class="row ends" onSubmit={onSubmit}>
        <label class="field">
          <span>Key in hex, such as 0x3a636f6465 for :code</span>
          <input
            name="key"
            required
            pattern="\s*0x[0-9a-fA-F]*\s*"
            spellcheck={false}
            autocomplete="off"
          />
        </label>
        <button type="submit">Read</button>
      </form>
      <div role="status">{said !== undefined && <pre>{said}</pre>}</div>
    </Panel>
  );
}
