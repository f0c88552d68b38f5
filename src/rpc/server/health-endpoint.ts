import type {Health} from "../backend/index.ts";

/** For load balancers and supervisors: is it alive, is it of use. */
export const HEALTH_PATH = "/health";
export const READINESS_PATH = "/health/readiness";

export function isReady({peers, isSyncing, shouldHavePeers}: Health): boolean {
  return !isSyncing && (peers > 0 || !shouldHavePeers);
}
