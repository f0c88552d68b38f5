import {useState} from "preact/hooks";
import {callName, decodeExtrinsic, hashOf} from "../chain/extrinsic.ts";
import {findTransaction} from "../chain/find-transaction.ts";
import {runtimeAt} from "../chain/runtime.ts";
import {Panel} from "../parts/panel.tsx";
import {failureText} from "../rpc/rpc-failure.ts";
import {sendTransaction} from "../state/send-transaction.ts";
import {trackTransaction} from "../state/track-transaction.ts";
import {addTransaction, EARLIER, transactions} from "../state/transactions.ts";

const HASH = /^0x[0-9a-f]{64}$/i;

/** Takes a hash to look for, or a signed transaction to send. */
export function FollowPanel() {
  const [said, setSaid] = useState("");
  const onSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const text = String(new FormData(form).get("transaction")).trim();
    try {
      setSaid(HASH.test(text) ? "Looking …" : "Sending …");
      setSaid(await (HASH.test(text) ? lookFor(text.toLowerCase()) : send(text)));
    } catch (error) {
      setSaid(failureText(error));
    }
  };
  return (
    <Panel title="Follow a transaction">
      <form class="row ends" onSubmit={onSubmit}>
        <label class="field">
          <span>Its hash, or the signed transaction itself in hex, which is sent</span>
          <input
            name="transaction"
            autocomplete="off"
            spellcheck={false}
            required
            pattern="\s*0x[0-9a-fA-F]+\s*"
          />
        </label>
        <button type="submit" class="main">
          Follow
        </button>
      </form>
      <p role="status">{said}</p>
    </Panel>
  );
}

async function nameOf(extrinsic: string): Promise<string> {
  const {call} = decodeExtrinsic(extrinsic, await runtimeAt());
  return callName(call);
}

async function send(extrinsic: string): Promise<string> {
  const what = await nameOf(extrinsic);
  void sendTransaction(extrinsic, {what, hash: hashOf(extrinsic)});
  return `Sent: ${what}`;
}

async function lookFor(hash: string): Promise<string> {
  if (transactions.peek().some(each => each.hash === hash)) return "It is followed below.";
  const found = await findTransaction(hash);
  if (found === undefined) return "Neither in this node's pool nor in the newest blocks.";
  const what = await nameOf(found.extrinsic);
  void trackTransaction(addTransaction({what, hash, reached: {received: EARLIER}}));
  if (found.block === undefined) return "Waiting in the pool.";
  return found.isFinal ? "Found, and final." : "Found, and not final yet.";
}
