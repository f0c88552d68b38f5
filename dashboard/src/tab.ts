import {effect} from "@preact/signals";
import type {VerdictLevel} from "./contract/index.ts";
import {chain} from "./state/chain.ts";
import {nodeName} from "./state/node-name.ts";
import {shownVerdict} from "./state/shown-verdict.ts";

const GLYPHS: Readonly<Record<VerdictLevel, string>> = {good: "✓", waiting: "…", bad: "!"};
/** As `good`, `waiting` and `bad` in the page: a tab's picture stands on the browser's ground, not on ours. */
const GROUNDS: Readonly<Record<VerdictLevel, string>> = {
  good: "0b7a66",
  waiting: "7a5200",
  bad: "b3211b",
};

const SILENT: Readonly<Record<string, string | undefined>> = {
  "not-reached": "not reached",
  "not-heard": "not heard",
};

/** Says in the tab's title and picture how the node is, on whichever screen the page stands. */
export function showInTab(): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const picture = icon?.href;
  effect(() => {
    const verdict = shownVerdict.value;
    if (verdict === undefined) return;
    const {level, code} = verdict;
    const name = `${nodeName.value} · ${chain.value?.name ?? "khala"}`;
    const silent = SILENT[code];
    document.title = `${GLYPHS[level]} ${silent === undefined ? name : `${silent} · ${name}`}`;
    const href = picture?.replace(GROUNDS.good, GROUNDS[level]);
    if (icon && href && icon.href !== href) icon.href = href;
  });
}
