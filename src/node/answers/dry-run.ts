import {err} from "#base";
import {decode} from "#codec";
import type {Blockchain} from "#core";
import {type Header, header as headerCodec} from "#primitives";
import type {DryRunQuestions} from "#rpc";
import {initializeBlock, type RuntimeHost} from "#runtime-api";

const NOTHING = new Uint8Array(32);

/** Applies an extrinsic in a block on top of another one, and throws the block away. */
export function createDryRunAnswers(
  chain: Blockchain,
  rest: Omit<RuntimeHost, "state">,
): DryRunQuestions {
  return {
    apply(parent, extrinsic) {
      const state = chain.state(parent);
      const bytes = chain.headerBytes(parent);
      const known = bytes === undefined ? undefined : decode(headerCodec, bytes);
      if (state === undefined || !known?.ok) return err({code: "state-unavailable"});
      const name = "BlockBuilder_apply_extrinsic";
      const runtime = chain.runtimeOf(state);
      if (!runtime.ok) return err({code: "trap", name, message: runtime.error});
      const host = chain.host(state, rest);
      // The parent's own hash is in state only from here on: a mortal transaction born there needs it.
      const header: Header = {
        parentHash: parent,
        number: known.value.number + 1,
        stateRoot: NOTHING,
        extrinsicsRoot: NOTHING,
        digest: [],
      };
      const opened = initializeBlock(runtime.value, host, header);
      if (!opened.ok) {
        return opened.error.code === "answer-invalid"
          ? err({code: "trap", name, message: "the runtime's answer does not decode"})
          : err(opened.error);
      }
      return runtime.value.call(name, extrinsic, host);
    },
  };
}
