import {ok} from "#base";
import {method} from "../../declare/index.ts";
import type {NetworkQuestions} from "../../questions/network.ts";

/** Ours: where the node stands with catching up, and what it waits for. */
export const khalaSyncProgress = (network: NetworkQuestions) =>
  method({
    name: "khala_syncProgress",
    params: [],
    result:
      "{stage, best, target, blocksPerSecond or null, secondsLeft or null, waitingFor or null}",
    handle() {
      const {stage, best, target, rate, eta, waitingFor} = network.sync();
      return ok({
        stage,
        best,
        target,
        blocksPerSecond: rate ?? null,
        secondsLeft: eta === undefined ? null : Math.ceil(eta),
        waitingFor: waitingFor ?? null,
      });
    },
  });
