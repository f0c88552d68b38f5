import {err, formatReport, type Logger, ok, type Report, type Result} from "#base";
import type {OwnBlockJudge, ProofSizeMode, Runtimes} from "#core";
import type {RuntimeHost} from "#runtime-api";
import type {ChainStore} from "#store";
import type {NodeConfiguration} from "../configuration.ts";
import {judgePastBlock, type ReasonedVerdict, whyNotJudged} from "./judge-past-block.ts";

/**
 * The judge of a node's own blocks, where one is asked for; a report where the chain's runtime of today cannot judge them as its nodes execute them. With a
 * later runtime of which that is so blocks are made all the same, and the log says that they are not judged.
 */
export function judgeOfOwnBlocks(
  {validateOwnBlocks = false}: Pick<NodeConfiguration, "validateOwnBlocks">,
  store: Pick<ChainStore, "best" | "stateAt">,
  {
    runtimes,
    proofSize,
    verifySignature,
    logger,
  }: {
    readonly runtimes: Runtimes;
    readonly proofSize: ProofSizeMode;
    /** Has to say the truth at once. */
    readonly verifySignature: RuntimeHost["verifySignature"];
    readonly logger: Logger;
  },
): Result<OwnBlockJudge | undefined, Report> {
  if (!validateOwnBlocks) return ok(undefined);
  const state = store.stateAt(store.best.hash);
  const runtime = state === undefined ? undefined : runtimes.runtimeOf(state);
  // What cannot be opened says why where it is opened.
  const why = runtime?.ok ? whyNotJudged(runtime.value, proofSize) : undefined;
  if (why !== undefined) return err(cannotJudge(why));
  let told: string | undefined;
  return ok((block, proof) => {
    const verdict = judgePastBlock(block, {verifySignature, proof});
    if (verdict.verdict === "valid") {
      told = undefined;
      return ok();
    }
    const {number} = block.sealed;
    const text = `${verdict.code}: ${verdict.reason}`;
    // The same of block after block is said once.
    if (text !== told) tell(verdict, number);
    told = text;
    return verdict.verdict === "refused" ? err({reason: text}) : ok();
  });

  function tell(verdict: ReasonedVerdict, number: number): void {
    if (verdict.verdict === "refused") {
      const report: Report = {
        code: "own-block-refused",
        what: `the runtime's own validate_block refuses block ${number} of this node`,
        facts: [["reason", `${verdict.code}: ${verdict.reason}`]],
        did: "threw it away: nobody was told of it, and its slot is missed",
        todo: "report it with the chain spec; without --validate-own-blocks such blocks are kept",
      };
      logger.log("error", "aura", formatReport(report));
      return;
    }
    const {code, reason} = verdict;
    logger.log("warn", "aura", `own block not judged: ${reason}`, {block: number, code});
  }
}

function cannotJudge({code, reason}: {readonly code: string; readonly reason: string}): Report {
  return {
    code,
    what: `--validate-own-blocks: ${reason}`,
    did: "not started",
    todo:
      code === "proof-size-unrecorded"
        ? "rehearse the chain anew with khala rehearse --proof-size recorded, or leave the flag out"
        : "leave the flag out",
  };
}
