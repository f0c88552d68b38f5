import {alias, u32} from "#codec";
import type {EventDeclaration} from "../../frame/index.ts";

/** Events of Session (spec/pallets §12). */
export const SESSION_EVENTS = {
  NewSession: [
    0,
    {sessionIndex: alias(u32, "SessionIndex")},
    "New session has happened. Note that the argument is the session index, not the block number as the type might suggest.",
  ],
} as const satisfies Record<string, EventDeclaration>;
