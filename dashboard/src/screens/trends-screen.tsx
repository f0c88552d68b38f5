import {BlockTimePanel} from "../panels/block-time-panel.tsx";
import {FinalityLagPanel} from "../panels/finality-lag-panel.tsx";
import {ProductionPanel} from "../panels/production-panel.tsx";
import {RewardsPanel} from "../panels/rewards-panel.tsx";

/** What one has to look at rather than read: how things go over time. */
export function TrendsScreen() {
  return (
    <>
      <h1 class="hidden">Trends</h1>
      <div class="columns wide">
        <ProductionPanel />
        <RewardsPanel />
        <BlockTimePanel />
        <FinalityLagPanel />
      </div>
    </>
  );
}
