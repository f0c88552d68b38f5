import {BlockPanel} from "../panels/block-panel.tsx";
import {BlockSearch} from "../panels/block-search.tsx";
import {RecentBlocksPanel} from "../panels/recent-blocks-panel.tsx";
import type {ScreenProps} from "./index.ts";

/** Blocks as they come, and one of them taken apart. */
export function BlocksScreen({detail}: ScreenProps) {
  return (
    <>
      <h1 class="hidden">Blocks and events</h1>
      <BlockSearch />
      {detail === "" ? <RecentBlocksPanel /> : <BlockPanel place={detail} />}
    </>
  );
}
