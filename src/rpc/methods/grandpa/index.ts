import type {Declaration} from "../../declare/index.ts";
import type {GrandpaQuestions} from "../../questions/grandpa.ts";
import {grandpaProveFinality} from "./prove-finality.ts";
import {grandpaRoundState} from "./round-state.ts";
import {grandpaSubscribeJustifications} from "./subscribe-justifications.ts";

export const grandpaMethods = (grandpa: GrandpaQuestions): readonly Declaration[] => [
  grandpaRoundState(grandpa),
  grandpaProveFinality(grandpa),
  grandpaSubscribeJustifications(grandpa),
];
