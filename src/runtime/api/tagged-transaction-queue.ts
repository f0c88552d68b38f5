import type {Codec} from "#codec";
import {hash, transactionSource, transactionValidity} from "#primitives";
import {type Composition, validateTransaction} from "../executive/index.ts";
import {method, type RuntimeApi} from "./declare.ts";
import {decodeOrTrap} from "./decode-or-trap.ts";

export const taggedTransactionQueueApi = (
  composition: Composition,
  extrinsic: Codec<Uint8Array>,
): RuntimeApi => ({
  name: "TaggedTransactionQueue",
  id: "0xd2bc9897eed08f15",
  version: 3,
  docs: "The `TaggedTransactionQueue` api trait for interfering with the transaction queue.",
  methods: [
    method({
      name: "validate_transaction",
      docs: "Validate the transaction.",
      inputs: {source: transactionSource, tx: extrinsic, block_hash: hash},
      output: transactionValidity,
      run(host, args) {
        return validateTransaction(
          host,
          composition,
          decodeOrTrap(args.tx, composition),
          args.block_hash,
        );
      },
    }),
  ],
});
