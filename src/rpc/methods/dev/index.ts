import type {SessionQuestions} from "../../questions/session.ts";
import type {TimeTools} from "../../questions/time-tools.ts";
import {devNewBlock} from "./new-block.ts";
import {devNextSession} from "./next-session.ts";
import {devSetHead} from "./set-head.ts";
import {devSetStorage} from "./set-storage.ts";
import {devTimeTravel} from "./time-travel.ts";

export const devMethods = (tools: TimeTools, session: SessionQuestions | undefined) => [
  devNewBlock(tools),
  devTimeTravel(tools),
  devSetStorage(tools),
  devSetHead(tools),
  ...(session ? [devNextSession(tools, session)] : []),
];
