import {type IntervalHistogram, monitorEventLoopDelay} from "node:perf_hooks";
import type {ProcessQuestions, ProcessStatus} from "#rpc";

/** Milliseconds between two looks at how late it is; finer ones cost more than they tell. */
const RESOLUTION = 20;
/** Two who ask at once are told of the same time. */
const LEAST = 2_000;
const NANOSECONDS = 1e6;
const MICROSECONDS = 1e6;

/** Looks at this process; at its punctuality from when somebody asks for the first time. */
export function createProcessAnswers(freeSpace: (() => number) | undefined): ProcessQuestions {
  let delays: IntervalHistogram | undefined;
  let since = 0;
  let lateness: ProcessStatus["lateness"];
  const measure = () => {
    const now = performance.now();
    if (delays === undefined) {
      delays = monitorEventLoopDelay({resolution: RESOLUTION});
      delays.enable();
      since = now;
    } else if (now - since >= LEAST) {
      lateness = latenessOf(delays);
      delays.reset();
      since = now;
    }
    return lateness;
  };
  return {
    status() {
      const {rss, heapUsed, external} = process.memoryUsage();
      const {user, system} = process.cpuUsage();
      return {
        uptime: Math.round(process.uptime() * 1_000),
        cpuSeconds: (user + system) / MICROSECONDS,
        memory: {resident: rss, heap: heapUsed, buffers: external},
        lateness: measure(),
        freeSpace: freeSpace?.(),
        platform: `Node ${process.versions.node}, ${process.platform} ${process.arch}`,
      };
    },
  };
}

/** What is measured is the time between two looks, so the wait that was asked for is taken off. */
function latenessOf(delays: IntervalHistogram): ProcessStatus["lateness"] {
  const late = (nanoseconds: number) => {
    const milliseconds = nanoseconds / NANOSECONDS - RESOLUTION;
    return Number.isFinite(milliseconds) ? Math.max(0, Math.round(milliseconds * 10) / 10) : 0;
  };
  return {
    mean: late(delays.mean),
    worst: late(delays.max),
    ninetyNinth: late(delays.percentile(99)),
  };
}
