import {type Codec, unit} from "#codec";
import {header, runtimeVersion} from "#primitives";
import {
  type Composition,
  executeBlock,
  executeBlockInSteps,
  initializeBlock,
} from "../executive/index.ts";
import type {Block} from "./block-type.ts";
import {method, type RuntimeApi} from "./declare.ts";

export const coreApi = (composition: Composition, block: Codec<Block>): RuntimeApi => ({
  name: "Core",
  id: "0xdf6acb689907609b",
  version: 4,
  docs: "The `Core` runtime api that every Substrate runtime needs to implement.",
  methods: [
    method({
      name: "version",
      docs: "Returns the version of the runtime.",
      inputs: {},
      output: runtimeVersion,
      run: () => composition.version,
    }),
    method({
      name: "execute_block",
      docs: "Execute the given block.",
      inputs: {block},
      output: unit,
      run(host, args) {
        executeBlock(host, composition, args.block.header, args.block.extrinsics);
        return undefined;
      },
      *runInSteps(host, {block: {header, extrinsics}}) {
        yield* executeBlockInSteps(host, composition, header, extrinsics);
        return undefined;
      },
    }),
    method({
      name: "initialize_block",
      docs: "Initialize a block with the given header.",
      inputs: {header},
      output: unit,
      run(host, args) {
        initializeBlock(host.state, composition, args.header);
        return undefined;
      },
    }),
  ],
});
