import {BansPanel} from "../panels/bans-panel.tsx";
import {EquivocationsPanel} from "../panels/equivocations-panel.tsx";
import {PeersPanel} from "../panels/peers-panel.tsx";
import {RoundPanel} from "../panels/round-panel.tsx";

export function PeersScreen() {
  return (
    <>
      <h1 class="hidden">Peers and votes</h1>
      <PeersPanel />
      <div class="columns wide">
        <RoundPanel />
        <div class="cards">
          <BansPanel />
          <EquivocationsPanel />
        </div>
      </div>
    </>
  );
}
