import {sessionStatus} from "#runtime-api";
import type {Composition} from "../executive/index.ts";
import type {Session} from "../pallets/session/index.ts";
import {method, type RuntimeApi} from "./declare.ts";

/** Ours: what operators ask of a session, so that the node need not read the pallets' storage. */
export const collatorApi = ({system}: Composition, session: Session): RuntimeApi => ({
  name: "CollatorApi",
  id: "0x27ca5049a915f69a",
  version: 1,
  docs: "Where the current session stands.",
  methods: [
    method({
      name: "session_status",
      docs: "Index, length, progress and sets of the current session.",
      inputs: {},
      output: sessionStatus,
      run({state}) {
        const number = system.storage.number.get(state);
        return {
          index: session.storage.currentIndex.get(state),
          period: session.period.period,
          nextRotation: session.period.firstRotationAfter(number),
          progress: session.period.progress(number),
          validators: session.storage.validators.get(state),
          queued: session.storage.queuedKeys.get(state).map(([account]) => account),
        };
      },
    }),
  ],
});
