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

const BYTES = /^0x(?:[0-9a-f]{2})+$/i;

/** Takes a hash to look for, or a signed transaction to send; which of the two the button says. */
export function FollowPanel() {
  const [said, setSaid] = useState("");
  const [written, setWritten] = useState("");
  const text = written.trim();
  const isHash = HASH.test(text);
  const isSending = !isHash && BYTES.test(text);
  const onSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    try {
      setSaid(isHash ? "Looking …" : "Reading …");
      if (isHash) setSaid(await lookFor(text.toLowerCase()));
      else await send(text, setSaid);
    } catch (error) {
      setSaid(failureText(error));
    }
  };
  return (
    <Panel title="Follow a transaction">
      <form class="row ends" onSubmit={onSubmit}>
        <label class="field">
          <span>Its hash, or the signed transaction in hex, to send it</span>
          <input
            name="transaction"
            autocomplete="off"
            spellcheck={false}
            value={written}
            onInput={event => setWritten(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="main" disabled={!isHash && !isSending}>
          {isSending ? "Send it, and follow" : "Follow"}
        </button>
      </form>
      {text !== "" && !isHash && (
        <p class={isSending ? "soft" : "refused"}>
          {isSending
            ? "A hash has 32 bytes: this is sent, if it is a transaction of this chain."
            : "It takes whole bytes in hex that begin with 0x."}
        </p>
      )}
      <p role="status">{said}</p>
    </Panel>
  );
}

async function nameOf(extrinsic: string): Promise<string> {
  const {call} = decodeExtrinsic(extrinsic, await runtimeAt());
  return callName(call);
}

/** What is no transaction is not sent; of one that is, it is said how it ended, which may be that the node refuses it. */
async function send(extrinsic: string, say: (said: string) => void): Promise<void> {
  const runtime = await runtimeAt();
  const {call} = decodeExtrinsic(extrinsic, runtime);
  if (call === undefined && runtime.extrinsicTypes !== undefined) {
    say("Nothing was sent: these bytes are no transaction of this chain.");
    return;
  }
  const what = callName(call);
  say(`Sent: ${what}`);
  const {failure, doubt, callFailure} = await sendTransaction(extrinsic, {
    what,
    hash: hashOf(extrinsic),
  });
  if (failure !== undefined) say(`Not taken: ${what}: ${failure}`);
  else if (doubt !== undefined) say(`${what}: ${doubt}`);
  else say(`${what} is final${callFailure === undefined ? "." : `, and failed: ${callFailure}`}`);
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
