import {type Codec, vec} from "#codec";
import {applyExtrinsicResult, checkInherentsResult, header, inherentData} from "#primitives";
import {
  applyExtrinsic,
  type Composition,
  checkInherents,
  createInherents,
  finalizeBlock,
} from "../executive/index.ts";
import type {Block} from "./block-type.ts";
import {method, type RuntimeApi} from "./declare.ts";
import {decodeOrTrap} from "./decode-or-trap.ts";

export function blockBuilderApi(
  composition: Composition,
  block: Codec<Block>,
  extrinsic: Codec<Uint8Array>,
): RuntimeApi {
  return {
    name: "BlockBuilder",
    id: "0x40fe3ad401f8959a",
    version: 6,
    docs: "The `BlockBuilder` api trait that provides the required functionality for building a block.",
    methods: [
      method({
        name: "apply_extrinsic",
        docs: "Apply the given extrinsic.",
        inputs: {extrinsic},
        output: applyExtrinsicResult,
        run: (host, args) =>
          applyExtrinsic(host, composition, decodeOrTrap(args.extrinsic, composition)),
      }),
      method({
        name: "finalize_block",
        docs: "Finish the current block.",
        inputs: {},
        output: header,
        run: host => finalizeBlock(host.state, composition),
      }),
      method({
        name: "inherent_extrinsics",
        docs: "Generate inherent extrinsics. The inherent data will vary from chain to chain.",
        inputs: {inherent: inherentData},
        output: vec(extrinsic),
        run: (host, {inherent}) => createInherents(host.state, composition, inherent),
      }),
      method({
        name: "check_inherents",
        docs: "Check that the inherents are valid. The inherent data will vary from chain to chain.",
        inputs: {block, data: inherentData},
        output: checkInherentsResult,
        run: (host, args) =>
          checkInherents(
            host.state,
            args.block.extrinsics.map(bytes => decodeOrTrap(bytes, composition)),
            args.data,
          ),
      }),
    ],
  };
}
