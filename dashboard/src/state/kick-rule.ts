import type {SetMember} from "../contract/index.ts";

/** Whether a forecast is an alarm: at the beginning of a session each candidate would be kicked at its end, were it silent. */
export const isPressing = ({
  fate,
  silentFor,
  threshold,
}: Pick<SetMember["kick"], "fate" | "silentFor" | "threshold">): boolean =>
  fate === "Kicked" && 2 * (silentFor ?? 0) >= threshold;

/** Its last block; undefined where there is none. For a newcomer the chain has one ahead, from which on silence counts. */
export const lastBlockOf = (lastAuthored: number, best: number): number | undefined =>
  lastAuthored > 0 && lastAuthored <= best ? lastAuthored : undefined;
