import {CallBuilderPanel} from "../panels/call-builder-panel.tsx";
import {CollatorActionsPanel} from "../panels/collator-actions-panel.tsx";
import {DevPanel} from "../panels/dev-panel.tsx";
import {FollowedPanel} from "../panels/followed-panel.tsx";
import {RawCallPanel} from "../panels/raw-call-panel.tsx";
import {SessionKeysActionPanel} from "../panels/session-keys-action-panel.tsx";
import {SignerPanel} from "../panels/signer-panel.tsx";
import {SudoPanel} from "../panels/sudo-panel.tsx";
import {WatchPanel} from "../panels/watch-panel.tsx";
import {signer} from "../sign/signer.ts";
import {chain, isDevelopment, isRehearsal} from "../state/chain.ts";

/** What changes something: each thing is shown, tried out on the node and only then sent. */
export function SubmitScreen() {
  const facts = chain.value;
  return (
    <>
      <h1 class="hidden">Submit</h1>
      <SignerPanel />
      <CallBuilderPanel />
      <div class="columns wide">
        <div class="cards">
          <SessionKeysActionPanel />
          <CollatorActionsPanel />
          {signer.value !== undefined && <RawCallPanel />}
        </div>
        {isRehearsal(facts) && (
          <div class="cards">
            <SudoPanel />
            {isDevelopment(facts) && <DevPanel />}
          </div>
        )}
      </div>
      <FollowedPanel />
      <WatchPanel />
    </>
  );
}
