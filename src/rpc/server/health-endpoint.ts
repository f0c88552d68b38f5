import type {Health, NodeInfo} from "../questions/node-info.ts";

/** What a page of health answers; `isWell` decides between 200 and 503. */
export interface HealthPage {
  readonly isWell: boolean;
  readonly body: unknown;
}

/** For load balancers and supervisors: is it alive, is it of use to clients, does it make its blocks and if not why. */
export function healthPage(path: string | undefined, node: NodeInfo): HealthPage | undefined {
  switch (path) {
    case "/health":
      return {isWell: true, body: node.health()};
    case "/health/readiness": {
      const health = node.health();
      return {isWell: isReady(health), body: health};
    }
    case "/health/authoring": {
      const trouble = node.authoring();
      const reason = trouble && {code: trouble.code, reason: trouble.text};
      return {isWell: trouble === undefined, body: {isAuthoring: trouble === undefined, ...reason}};
    }
    default:
      return undefined;
  }
}

function isReady({peers, isSyncing, shouldHavePeers}: Health): boolean {
  return !isSyncing && (peers > 0 || !shouldHavePeers);
}
