import type {Logger} from "#base";
import type {BlockRef} from "#core";
import {areKeysMissing, describeStoppedKey} from "./key-status.ts";
import type {CollatorStatus} from "./vocabulary.ts";

/** How a collator stands to what it would sign with. */
export type KeyReadiness =
  /** Blocks and votes are expected of it, or would be, that it cannot sign: for people. */
  | {readonly kind: "lacking"; readonly text: string}
  /** Another node signs with one of them. */
  | {readonly kind: "stopped"; readonly text: string}
  /** It has keys, and none of them is active in this session. */
  | {readonly kind: "waiting"}
  | {readonly kind: "active"};

export function keyReadiness(
  status: Pick<CollatorStatus, "keys" | "standing" | "stoppedKeys" | "authorities">,
  hasKeys: boolean,
): KeyReadiness {
  if (!hasKeys) {
    return {kind: "lacking", text: "There are no session keys in this node's keystore."};
  }
  const [stopped] = status.stoppedKeys;
  if (stopped !== undefined) return {kind: "stopped", text: `${describeStoppedKey(stopped)}.`};
  if (status.keys !== undefined && areKeysMissing(status)) {
    return {kind: "lacking", text: status.keys.sentence};
  }
  // Without a set the keys themselves say it.
  const isActive = status.standing?.isActive ?? (status.authorities?.held ?? 0) > 0;
  return {kind: isActive ? "active" : "waiting"};
}

export interface KeyWatchDependencies {
  readonly readiness: () => KeyReadiness;
  /** Of the best block: the session's index, and the block with which the next one begins, as far as they are known. */
  readonly session: () => {
    readonly index: number | undefined;
    readonly nextRotationBlock: number | undefined;
  };
  /** Sessions of the past are no news. */
  readonly isSyncing: () => boolean;
  readonly onBest: (listener: (best: BlockRef) => void) => () => void;
  readonly logger: Logger;
}

/** Warns at once, and again in each session, for as long as a collator lacks what it has to sign with. */
export function watchKeys({
  readiness,
  session,
  isSyncing,
  onBest,
  logger,
}: KeyWatchDependencies): () => void {
  let {index, nextRotationBlock} = session();
  const warn = () => {
    const found = readiness();
    if (found.kind !== "lacking") return;
    logger.log(
      "warn",
      "keys",
      `keys are missing: ${found.text} khala keys rotate makes some in the running node`,
      {...(index === undefined ? {} : {session: index})},
    );
  };
  warn();
  return onBest(({number}) => {
    if (number < (nextRotationBlock ?? 0) || isSyncing()) return;
    const next = session();
    const isOther = next.index !== index;
    ({index, nextRotationBlock} = next);
    if (isOther) warn();
  });
}
