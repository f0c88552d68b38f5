import {newtype, u64} from "#codec";
import type {Aura} from "../pallets/aura/index.ts";
import {method, type RuntimeApi} from "./declare.ts";

export const auraApi = (aura: Aura): RuntimeApi => ({
  name: "AuraApi",
  id: "0xdd718d5cc53262d4",
  version: 1,
  docs: "API necessary for block authorship with aura.",
  methods: [
    method({
      name: "slot_duration",
      docs: "Returns the slot duration for Aura, in milliseconds.",
      inputs: {},
      output: newtype(u64, {path: "sp_consensus_slots::SlotDuration"}),
      run: () => aura.slotDuration,
    }),
    method({
      name: "authorities",
      docs: "Return the current set of authorities.",
      inputs: {},
      output: aura.authoritiesCodec,
      run: ({state}) => aura.storage.authorities.get(state),
    }),
  ],
});
