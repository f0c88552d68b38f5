import {bytes} from "#codec";
import {call, done} from "../../../frame/index.ts";
import {systemWeights} from "../weights.ts";

export const remark = () =>
  call({
    name: "remark",
    index: 0,
    docs: "Make some on-chain remark.",
    args: {remark: bytes},
    weight: ({remark}) => systemWeights.remark(BigInt(remark.length)),
    dispatch: () => done(),
  });
