import {type Codec, encode, type Source, type ValueOf} from "#codec";
import type {RuntimeHost} from "#runtime-api";
import type {ApiMethodDescription} from "../frame/metadata/index.ts";

/** A function of a runtime API: described for metadata, and run over decoded arguments. */
export interface ApiMethod extends ApiMethodDescription {
  /** Reads the arguments, runs, and encodes the answer. */
  invoke(host: RuntimeHost, args: Source): Uint8Array;
  /** The same with pauses in between; absent where it is short. */
  readonly invokeInSteps?: (host: RuntimeHost, args: Source) => Generator<void, Uint8Array>;
}

/** A runtime API: a named, versioned set of functions. `id` is BLAKE2b-64 of the name. */
export interface RuntimeApi {
  readonly name: string;
  readonly id: string;
  readonly version: number;
  readonly docs: string;
  readonly methods: readonly ApiMethod[];
}

// biome-ignore lint/suspicious/noExplicitAny: argument types are recovered per method
type Inputs = Readonly<Record<string, Codec<any>>>;
type ArgsOf<I extends Inputs> = {[K in keyof I]: ValueOf<I[K]>};

export function method<I extends Inputs, O>(declared: {
  name: string;
  docs: string;
  inputs: I;
  output: Codec<O>;
  run(host: RuntimeHost, args: ArgsOf<I>): O;
  /** The same with pauses in between. */
  readonly runInSteps?: (host: RuntimeHost, args: ArgsOf<I>) => Generator<void, O>;
}): ApiMethod {
  const inputs = Object.entries(declared.inputs).map(([name, codec]) => ({name, codec}));
  const {runInSteps} = declared;
  const read = (source: Source): ArgsOf<I> => {
    const args: Record<string, unknown> = {};
    for (const {name, codec} of inputs) args[name] = codec.decodeFrom(source);
    return args as ArgsOf<I>;
  };
  return {
    name: declared.name,
    docs: declared.docs,
    inputs,
    output: declared.output as Codec<unknown>,
    invoke: (host, source) => encode(declared.output, declared.run(host, read(source))),
    ...(runInSteps === undefined
      ? {}
      : {
          *invokeInSteps(host, source) {
            return encode(declared.output, yield* runInSteps(host, read(source)));
          },
        }),
  };
}
