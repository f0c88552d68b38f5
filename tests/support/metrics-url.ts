import {setTimeout as sleep} from "node:timers/promises";
import type {KhalaProcess} from "./khala-process.ts";

/** Where a node that has just started says its metrics are. */
export async function metricsUrl({lines}: Pick<KhalaProcess, "lines">): Promise<string> {
  for (;;) {
    const url = lines.map(line => /http:\/\/\S+\/metrics/.exec(line)?.[0]).find(Boolean);
    if (url !== undefined) return url;
    await sleep(10);
  }
}
