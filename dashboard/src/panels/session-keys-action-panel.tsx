import {useState} from "preact/hooks";
import {CallAction} from "../parts/call-action.tsx";
import {Panel} from "../parts/panel.tsx";
import {failureText} from "../rpc/rpc-failure.ts";
import {setKeysCall} from "../sign/calls.ts";
import {type MadeKeys, makeKeys} from "../sign/make-keys.ts";
import {signer} from "../sign/signer.ts";
import {status} from "../state/collator.ts";
import {operatorCalls} from "../state/operator-calls.ts";
import {isSameAccount} from "../text/account.ts";
import {amountText} from "../text/amount.ts";

/** Kinds of keys differ in length; which ones a chain has is for its runtime to say. */
const KEYS = /^0x([0-9a-f]{2})+$/i;

/** New session keys: made by the node, registered by the account. */
export function SessionKeysActionPanel() {
  const [keys, setKeys] = useState("");
  const [made, setMade] = useState<MadeKeys>();
  const [said, setSaid] = useState("");
  const {keyDeposit = 0n, asksForProof = false} = operatorCalls.value.value ?? {};
  const who = signer.value;
  const make = async () => {
    setKeys("");
    setSaid("Making keys …");
    try {
      const now = await makeKeys(who);
      setMade(now);
      setKeys(now.keys);
      setSaid("Made, and kept in this node's keystore. The chain knows nothing of them yet.");
    } catch (error) {
      setSaid(failureText(error));
    }
  };
  // A proof is of the keys that it was made with, and for one account.
  const isOfMade = made?.keys === keys && isSameAccount(made.owner, who?.address ?? "");
  const proof = isOfMade ? made?.proof : undefined;
  const hindrance = KEYS.test(keys)
    ? asksForProof && proof === undefined
      ? `this chain takes keys with a proof that they are ${who?.name}'s: make new ones`
      : undefined
    : "make keys, or paste some";
  return (
    <Panel title="1 · Session keys" aside={status.value?.keys?.sentence}>
      {keyDeposit > 0n && (
        <p class="lead">
          {amountText(keyDeposit)} are held for keys, from when an account first registers some.
        </p>
      )}
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
          of={[keys, proof]}
          hindrance={hindrance}
          build={() => setKeysCall(keys, proof)}
        />
      </div>
    </Panel>
  );
}
