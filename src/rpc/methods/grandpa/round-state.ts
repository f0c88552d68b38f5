import {ok} from "#base";
import {method} from "../../declare/index.ts";
import type {GrandpaQuestions, RoundStatus} from "../../questions/grandpa.ts";
import {toHex} from "../../shapes/hex.ts";

const stepJson = ({currentWeight, missing}: RoundStatus["prevotes"]) => ({
  currentWeight,
  missing: missing.map(toHex),
});

const roundJson = ({round, totalWeight, thresholdWeight, prevotes, precommits}: RoundStatus) => ({
  round,
  totalWeight,
  thresholdWeight,
  prevotes: stepJson(prevotes),
  precommits: stepJson(precommits),
});

export const grandpaRoundState = (grandpa: GrandpaQuestions) =>
  method({
    name: "grandpa_roundState",
    params: [],
    result:
      "{setId, age: ms since this node entered the best round, best: round, background: [round]}; whose votes are in, and whose are missing",
    handle() {
      const {setId, age, best, background} = grandpa.state();
      return ok({
        setId,
        age: age ?? null,
        best: roundJson(best),
        background: background.map(roundJson),
      });
    },
  });
