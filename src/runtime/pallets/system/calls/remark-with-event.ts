import {bytes} from "#codec";
import {call, done, ensureSigned, failed} from "../../../frame/index.ts";
import {systemWeights} from "../weights.ts";
import type {SystemCallConfig} from "./index.ts";

export const remarkWithEvent = ({events, hash}: SystemCallConfig) =>
  call({
    name: "remark_with_event",
    index: 7,
    docs: "Make some on-chain remark and emit event.",
    args: {remark: bytes},
    weight: ({remark}) => systemWeights.remarkWithEvent(BigInt(remark.length)),
    dispatch(state, origin, {remark}) {
      const sender = ensureSigned(origin);
      if (!sender.ok) return failed(sender.error);
      events.Remarked(state, {sender: sender.value, hash: hash(remark)});
      return done();
    },
  });
