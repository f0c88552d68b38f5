import type {Logger} from "#base";
import type {Finality} from "./finality.ts";

/** Says at the start that finality is held back; lets it go on where nobody could ask for what was held back. */
export function tellOfHeldFinality(
  finality: Finality,
  {canBeMadeOnDemand, logger}: {readonly canBeMadeOnDemand: boolean; readonly logger: Logger},
): void {
  const {heldAt} = finality;
  if (heldAt === undefined) return;
  const facts = {above: heldAt};
  if (canBeMadeOnDemand) {
    logger.log("info", "finality", "finality is held back, as engine_createBlock was told", facts);
    return;
  }
  const words = "finality was held back by engine_createBlock, and goes on";
  logger.log("warn", "finality", words, facts);
  finality.holdAt(undefined);
}
