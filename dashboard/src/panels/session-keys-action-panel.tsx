import {useState} from "preact/hooks";
import {CallAction} from "../parts/call-action.tsx";
import {Panel} from "../parts/panel.tsx";
import {node} from "../rpc/node.ts";
import {failureText} from "../rpc/rpc-failure.ts";
import {setKeysCall} from "../sign/calls.ts";
import {status} from "../state/collator.ts";

/** Kinds of keys differ in length; which ones a chain has is for its runtime to say. */
const KEYS = /^0x([0-9a-f]{2})+$/i;

/** New session keys: made by the node, registered by the account. */
export function SessionKeysActionPanel() {
  const [keys, setKeys] = useState("");
  const [said, setSaid] = useState("");
  const make = async () => {
    try {
      setKeys(await node.call<string>("author_rotateKeys"));
      setSaid("Made, and kept in this node's keystore. The chain knows nothing of them yet.");
    } catch (error) {
      setSaid(failureText(error));
    }
  };
  return (
    <Panel title="1 · Session keys" aside={status.value?.keys?.sentence}>
      <div class="cards">
        <div class="row">
          <button type="button" onClick={make}>
            Make new keys on this node
          </button>
          <span role="status">{said}</span>
        </div>
        <label class="field">
          <span>Session keys, all kinds one after the other</span>
          <input
            name="keys"
            value={keys}
            onInput={event => setKeys(event.currentTarget.value.trim())}
            autocomplete="off"
            spellcheck={false}
          />
        </label>
        <CallAction
          label="Register these keys"
          hindrance={KEYS.test(keys) ? undefined : "make keys, or paste some"}
          build={() => setKeysCall(keys)}
        />
      </div>
    </Panel>
  );
}
