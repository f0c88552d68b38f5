import {useState} from "preact/hooks";
import {accountExpected, readAccount} from "../chain/account-text.ts";
import {runtimeAt} from "../chain/runtime.ts";
import {Panel} from "../parts/panel.tsx";
import {node} from "../rpc/node.ts";
import {failureText} from "../rpc/rpc-failure.ts";
import {status} from "../state/collator.ts";

/** Whom the first screen is about. The node remembers it; nothing of it goes onto the chain. */
export function WatchPanel() {
  const [said, setSaid] = useState("");
  const watch = async (account: string | null) => {
    try {
      await node.call("collator_watch", [account]);
      setSaid(
        account === null ? "The node finds out by its keys." : "The node watches this account.",
      );
    } catch (error) {
      setSaid(failureText(error));
    }
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const written = String(form.get("account")).trim();
    runtimeAt().then(
      runtime => {
        const account = readAccount(written, runtime);
        if (account === undefined)
          setSaid(`“${written}” is no account: it takes ${accountExpected(written)}.`);
        else void watch(account);
      },
      error => setSaid(failureText(error)),
    );
  };
  return (
    <Panel title="For whom this node collates">
      <form class="row ends" onSubmit={onSubmit}>
        <label class="field">
          <span>Account, now {status.value?.account ?? "none"}</span>
          <input name="account" required autocomplete="off" spellcheck={false} />
        </label>
        <button type="submit">Watch this account</button>
        <button type="button" onClick={() => watch(null)}>
          By this node's keys
        </button>
      </form>
      <p role="status">{said}</p>
    </Panel>
  );
}
