import {HeadPanel} from "../panels/head-panel.tsx";
import {KeysPanel} from "../panels/keys-panel.tsx";
import {LuckPanel} from "../panels/luck-panel.tsx";
import {NetPlace} from "../panels/net-place.tsx";
import {SessionPanel} from "../panels/session-panel.tsx";
import {SlotStripPanel} from "../panels/slot-strip-panel.tsx";
import {StandingPanel} from "../panels/standing-panel.tsx";
import {VerdictPanel} from "../panels/verdict-panel.tsx";

/** What an operator comes for: how it is, why, and what to do. */
export function NowScreen() {
  return (
    <>
      <VerdictPanel />
      <NetPlace />
      <SlotStripPanel />
      <div class="columns">
        <div class="cards">
          <KeysPanel />
          <SessionPanel />
        </div>
        <StandingPanel />
        <div class="cards">
          <HeadPanel />
          <LuckPanel />
        </div>
      </div>
    </>
  );
}
