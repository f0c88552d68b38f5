import {BlockPanel} from "../panels/block-panel.tsx";
import {OlderBlocksPanel} from "../panels/older-blocks-panel.tsx";
import {RecentBlocksPanel} from "../panels/recent-blocks-panel.tsx";
import type {ScreenProps} from "./index.ts";

/** A page of older blocks, by the newest of them. */
const PAGE = /^to\/(\d+)$/;

/** Blocks as they come, those of before, and one of them taken apart. */
export function BlocksScreen({detail}: ScreenProps) {
  const page = PAGE.exec(detail)?.[1];
  return (
    <>
      <h1 class="hidden">Blocks</h1>
      {detail === "" ? (
        <RecentBlocksPanel />
      ) : page !== undefined ? (
        <OlderBlocksPanel newest={Number(page)} />
      ) : (
        <>
          <p>
            <a href="#/blocks">Newest blocks</a>
          </p>
          <BlockPanel place={detail} />
        </>
      )}
    </>
  );
}
