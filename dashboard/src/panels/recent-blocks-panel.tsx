import {BlocksTable, Pages} from "../parts/blocks-table.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {bestHead, finalNumber} from "../state/heads.ts";
import {recentBlocks} from "../state/recent-blocks.ts";
import {count} from "../text/short.ts";

/** What was made lately, by whom, with how much in it. */
export function RecentBlocksPanel() {
  // Looked at here so that it is open while its blocks are shown.
  void bestHead.value;
  const blocks = recentBlocks.value.value;
  const final = finalNumber.value ?? 0;
  if (blocks === undefined) {
    return (
      <Panel title="Newest blocks">
        <Waiting failure={recentBlocks.failure.value} />
      </Panel>
    );
  }
  return (
    <Panel title="Newest blocks" aside={`final up to ${count(final)}`}>
      <BlocksTable caption="Newest blocks" blocks={blocks} />
      <Pages blocks={blocks} />
    </Panel>
  );
}
