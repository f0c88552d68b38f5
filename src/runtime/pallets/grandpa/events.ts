import type {EventDeclaration} from "../../frame/index.ts";
import {authorityList} from "./authorities.ts";

/** Events of Grandpa (docs/grandpa-pallet §3). */
export const GRANDPA_EVENTS = {
  NewAuthorities: [0, {authoritySet: authorityList}, "New authority set has been applied."],
  Paused: [1, {}, "Current authority set has been paused."],
  Resumed: [2, {}, "Current authority set has been resumed."],
} as const satisfies Record<string, EventDeclaration>;
