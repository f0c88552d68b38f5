import {readFileSync} from "node:fs";

/**
 * Kept aside of the process's descriptors: a node at rest has 35 open, peers take one each (50 at the usual settings, and
 * as many again that shake hands), and the guard opens files for each vote.
 */
const KEPT_ASIDE = 144;

/** Of RPC beside its connections: those that are told that there is no place, listeners, scrapers of metrics. */
const BESIDE_CONNECTIONS = 36;

/** At the operator's socket, which only the node's owner can open. */
export const LOCAL_CONNECTIONS = 16;

/** Whatever the limit: without a few nobody could look at the node. */
const LEAST = 8;

export interface ConnectionsShare {
  readonly connections: number;
  /** For the log, where it is less than was wished for. */
  readonly warning: string | undefined;
}

/** How many RPC connections a process that may open `limit` files can have, so that blocks and votes never lack one. */
export function connectionsWithin(limit: number | undefined, wished: number): ConnectionsShare {
  if (limit === undefined) return {connections: wished, warning: undefined};
  const left = limit - KEPT_ASIDE - BESIDE_CONNECTIONS - LOCAL_CONNECTIONS;
  const connections = Math.min(wished, Math.max(LEAST, left));
  if (connections === wished) return {connections, warning: undefined};
  return {
    connections,
    warning:
      `at most ${connections} RPC connections, not ${wished}: this process may open ${limit} files, and database, votes ` +
      `and peers need theirs; raise it with ulimit -n, or LimitNOFILE= of the systemd unit`,
  };
}

const OF_FILES = /^Max open files\s+(\d+)/m;

/** Files that this process may have open; undefined where the system does not say, or sets no limit. */
export function descriptorLimit(): number | undefined {
  try {
    const found = OF_FILES.exec(readFileSync("/proc/self/limits", "utf8"))?.[1];
    return found === undefined ? undefined : Number(found);
  } catch {
    return limitReported();
  }
}

/** Where there is no /proc: macOS. */
function limitReported(): number | undefined {
  const report = process.report.getReport() as {
    readonly userLimits?: {readonly open_files?: {readonly soft: number | string}};
  };
  const soft = report.userLimits?.open_files?.soft;
  return typeof soft === "number" ? soft : undefined;
}
