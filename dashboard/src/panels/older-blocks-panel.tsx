import {useEffect, useState} from "preact/hooks";
import {BlocksTable, Pages} from "../parts/blocks-table.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {failureText} from "../rpc/rpc-failure.ts";
import {type BlockSummary, blocksUpTo} from "../state/recent-blocks.ts";
import {count} from "../text/short.ts";

/** A page of blocks of before, which stays as it is while new ones come. */
export function OlderBlocksPanel({newest}: {newest: number}) {
  const [page, setPage] = useState<{of: number; blocks: readonly BlockSummary[]}>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    let isWanted = true;
    setFailure(undefined);
    blocksUpTo(newest).then(
      blocks => isWanted && setPage({of: newest, blocks}),
      error => isWanted && setFailure(failureText(error)),
    );
    return () => {
      isWanted = false;
    };
  }, [newest]);
  if (page?.of !== newest) {
    return (
      <Panel title={`Blocks up to ${count(newest)}`}>
        <Waiting failure={failure} />
      </Panel>
    );
  }
  const {blocks} = page;
  return (
    <Panel title={`Blocks up to ${count(newest)}`}>
      {blocks.length === 0 ? (
        <p class="soft">There are none yet.</p>
      ) : (
        <BlocksTable caption="Older blocks" blocks={blocks} />
      )}
      <Pages blocks={blocks} newer={newest} />
    </Panel>
  );
}
