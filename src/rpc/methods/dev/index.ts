import type {SessionQuestions} from "../../questions/session.ts";
import type {TimeTools} from "../../questions/time-tools.ts";
import {devDispatch} from "./dispatch.ts";
import {devNewBlock} from "./new-block.ts";
import {devNextSession} from "./next-session.ts";
import {devSetCode} from "./set-code.ts";
import {devSetHead} from "./set-head.ts";
import {devSetStorage} from "./set-storage.ts";
import {devDropSnapshot, devRestore, devSnapshot, devSnapshots} from "./snapshots.ts";
import {devTimeTravel} from "./time-travel.ts";

export const devMethods = (tools: TimeTools, session: SessionQuestions | undefined) => [
  devNewBlock(tools),
  devTimeTravel(tools),
  devSetStorage(tools),
  devSetHead(tools),
  devSnapshot(tools),
  devRestore(tools),
  devSnapshots(tools),
  devDropSnapshot(tools),
  devSetCode(tools),
  devDispatch(tools),
  ...(session ? [devNextSession(tools, session)] : []),
];
