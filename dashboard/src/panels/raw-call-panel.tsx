import {useState} from "preact/hooks";
import {hexToBytes} from "../chain/bytes.ts";
import {CallAction} from "../parts/call-action.tsx";
import {Panel} from "../parts/panel.tsx";
import {sudoCall} from "../sign/calls.ts";
import {chain, isRehearsal} from "../state/chain.ts";

/** Any call, by its bytes as other tools show them. */
export function RawCallPanel() {
  const [text, setText] = useState("");
  const [asRoot, setAsRoot] = useState(false);
  return (
    <Panel title="A call by its bytes">
      <div class="cards">
        <label class="field">
          <span>The call's bytes in hex; what it says is shown before it is sent</span>
          <textarea rows={3} value={text} onInput={e => setText(e.currentTarget.value.trim())} />
        </label>
        {isRehearsal(chain.value) && (
          <label>
            <input
              type="checkbox"
              checked={asRoot}
              onChange={e => setAsRoot(e.currentTarget.checked)}
            />{" "}
            in the name of root
          </label>
        )}
        <CallAction
          label="Sign this call"
          of={[text, asRoot]}
          hindrance={/^0x([0-9a-f]{2}){2,}$/i.test(text) ? undefined : "hex that begins with 0x"}
          build={async () => (asRoot ? sudoCall(hexToBytes(text)) : hexToBytes(text))}
        />
      </div>
    </Panel>
  );
}
