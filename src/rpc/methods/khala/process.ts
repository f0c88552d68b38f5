import {ok} from "#base";
import {method} from "../../declare/index.ts";
import type {ProcessQuestions} from "../../questions/process.ts";

/** Ours: memory, processor, how late turns come, room on the disk. For who runs the node, not for strangers. */
export const khalaProcess = (process: ProcessQuestions) =>
  method({
    name: "khala_process",
    unsafe: true,
    params: [],
    result:
      "{uptime: ms, cpuSeconds, memory: {resident, heap, buffers}, lateness?: {mean, worst, ninetyNinth} in ms, freeSpace?, platform}",
    handle: () => ok(process.status()),
  });
