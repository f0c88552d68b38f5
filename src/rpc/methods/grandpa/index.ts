import type {FinalityBackend} from "../../backend/index.ts";
import type {Declaration} from "../../declare/index.ts";
import {grandpaProveFinality} from "./prove-finality.ts";
import {grandpaRoundState} from "./round-state.ts";
import {grandpaSubscribeJustifications} from "./subscribe-justifications.ts";

export const grandpaMethods = (finality: FinalityBackend): readonly Declaration[] => [
  grandpaRoundState(finality),
  grandpaProveFinality(finality),
  grandpaSubscribeJustifications(finality),
];
