import {err, ok} from "#base";
import {method} from "../../declare/index.ts";
import type {SessionQuestions} from "../../questions/session.ts";
import type {TimeTools} from "../../questions/time-tools.ts";
import {toHex} from "../../shapes/hex.ts";
import {timeToolError} from "../../shapes/time-tool-error.ts";

/** Ours: all blocks up to the one that begins the next session, each with its hooks, so that nothing is skipped. */
export const devNextSession = (tools: TimeTools, session: SessionQuestions) =>
  method({
    name: "dev_nextSession",
    unsafe: true,
    params: [],
    result: "{hash, number, session}: the block that begins it, and its index",
    async handle({chain}) {
      const {nextRotationBlock} = session.current();
      let last = chain.best();
      while (last.number < nextRotationBlock) {
        const made = await tools.makeBlock();
        if (!made.ok) return err(timeToolError(made.error));
        last = made.value;
      }
      return ok({hash: toHex(last.hash), number: last.number, session: session.current().index});
    },
  });
