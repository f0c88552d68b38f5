import {err, ok} from "#base";
import {method} from "../../declare/index.ts";
import type {SessionQuestions} from "../../questions/session.ts";
import type {TimeTools} from "../../questions/time-tools.ts";
import {toHex} from "../../shapes/hex.ts";
import {refusal, timeToolError} from "../../shapes/time-tool-error.ts";

/**
 * Blocks that are made at the most on a chain that does not publish when its session ends: more than two days of blocks of
 * twelve seconds, and as long as any session of a chain of collators that is known.
 */
export const MOST_BLOCKS = 20_000;

/**
 * Ours: all blocks up to the one that begins the next session, each with its hooks, so that nothing is skipped. The session
 * has changed when its index has; when that will be need not be known. Calls that overlap each have a session of their own.
 */
export const devNextSession = (tools: TimeTools, session: SessionQuestions) => {
  let before: Promise<unknown> = Promise.resolve();
  return method({
    name: "dev_nextSession",
    unsafe: true,
    params: [],
    result:
      "{hash, number, session}: the block that begins it, and its index; refused where 20,000 blocks do not end the session, or there are none",
    handle() {
      const asked = before.then(toNextSession);
      before = asked.catch(() => undefined);
      return asked;
    },
  });

  async function toNextSession() {
    const {index, nextRotationBlock} = session.current();
    if (index === undefined) return err(refusal("This chain does not publish any sessions"));
    for (let made = 0; made < MOST_BLOCKS; made++) {
      const block = await tools.makeBlock();
      if (!block.ok) return err(timeToolError(block.error));
      const {hash, number} = block.value;
      const now = session.current().index ?? index;
      const isThere = nextRotationBlock === undefined ? now !== index : number >= nextRotationBlock;
      if (isThere) return ok({hash: toHex(hash), number, session: now});
    }
    return err(
      refusal(
        `Session ${index} did not end within ${MOST_BLOCKS} blocks, which are made and stay; this chain does not publish how long its sessions are`,
      ),
    );
  }
};
