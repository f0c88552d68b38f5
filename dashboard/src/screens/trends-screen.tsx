import {BlockTimePanel} from "../panels/block-time-panel.tsx";
import {FinalityLagPanel} from "../panels/finality-lag-panel.tsx";
import {OwnSlotsPanel} from "../panels/own-slots-panel.tsx";
import {ProductionPanel} from "../panels/production-panel.tsx";
import {RewardsPanel} from "../panels/rewards-panel.tsx";
import {Ranges} from "../parts/ranges.tsx";

/** What one has to look at rather than read: how things go over time, and in the newest blocks. */
export function TrendsScreen() {
  return (
    <>
      <h1 class="hidden">Trends</h1>
      <Ranges />
      <div class="columns wide">
        <OwnSlotsPanel />
        <FinalityLagPanel />
      </div>
      <RewardsPanel />
      <h2 class="apart">The newest blocks</h2>
      <div class="columns wide">
        <ProductionPanel />
        <BlockTimePanel />
      </div>
    </>
  );
}
