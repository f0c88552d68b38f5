import {unit} from "#codec";
import {header} from "#primitives";
import {method, type RuntimeApi} from "./declare.ts";

/** No pallet of ours has an offchain worker: the call is answered and does nothing. */
export const offchainWorkerApi = (): RuntimeApi => ({
  name: "OffchainWorkerApi",
  id: "0xf78b278be53f454c",
  version: 2,
  docs: "The offchain worker api.",
  methods: [
    method({
      name: "offchain_worker",
      docs: "Starts the off-chain task for given block header.",
      inputs: {header},
      output: unit,
      run: () => undefined,
    }),
  ],
});
