import {useRef, useState} from "preact/hooks";
import {Panel} from "../parts/panel.tsx";
import {node} from "../rpc/node.ts";
import {failureText} from "../rpc/rpc-failure.ts";

const KEY = /^0x(?:[0-9a-f]{2})*$/i;

/** The bytes under a key, for what no metadata names. */
export function RawKeyPanel() {
  const [text, setText] = useState("");
  const [said, setSaid] = useState<string>();
  const newest = useRef("");
  const key = text.trim();
  const isKey = KEY.test(key);
  const change = (changed: string) => {
    newest.current = changed.trim();
    setText(changed);
    // What was read is under another key.
    setSaid(undefined);
  };
  const onSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!isKey) return;
    const say = (found: string) => newest.current === key && setSaid(found);
    try {
      say((await node.call<string | null>("state_getStorage", [key])) ?? "Nothing is stored.");
    } catch (error) {
      say(failureText(error));
    }
  };
  return (
    <Panel title="Storage by raw key">
      <form class="row ends" onSubmit={onSubmit}>
        <label class="field">
          <span>Key in hex, such as 0x3a636f6465 for :code</span>
          <input
            name="key"
            value={text}
            spellcheck={false}
            autocomplete="off"
            onInput={event => change(event.currentTarget.value)}
          />
        </label>
        <button type="submit" disabled={!isKey}>
          Read
        </button>
      </form>
      {key !== "" && !isKey && (
        <p class="refused">It takes whole bytes in hex that begin with 0x.</p>
      )}
      <div role="status">{said !== undefined && <pre>{said}</pre>}</div>
    </Panel>
  );
}
