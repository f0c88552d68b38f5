import type {Declaration} from "../../declare/index.ts";
import type {FinalityQuestions} from "../../questions/finality.ts";
import {grandpaProveFinality} from "./prove-finality.ts";
import {grandpaRoundState} from "./round-state.ts";
import {grandpaSubscribeJustifications} from "./subscribe-justifications.ts";

export const grandpaMethods = (finality: FinalityQuestions): readonly Declaration[] => [
  grandpaRoundState(finality),
  grandpaProveFinality(finality),
  grandpaSubscribeJustifications(finality),
];
