import {err, ok, type Result} from "#base";
import {type Codec, type StructOf, struct} from "#codec";
import type {DispatchClass, DispatchError, DispatchInfo, Pays, Weight} from "#primitives";
import type {Externalities} from "#state";
import type {Origin} from "./origin.ts";

/** What a call reports after it ran: less weight than declared, or that it is free after all. */
export interface PostDispatch {
  readonly actualWeight?: Weight | undefined;
  readonly paysFee?: Pays | undefined;
}

export interface DispatchFailure {
  readonly error: DispatchError;
  readonly post: PostDispatch;
}

export type DispatchResult = Result<PostDispatch, DispatchFailure>;

const NOTHING: PostDispatch = {};
const DONE: DispatchResult = ok(NOTHING);

export function done(post?: PostDispatch): DispatchResult {
  return post === undefined ? DONE : ok(post);
}

export function failed(error: DispatchError, post: PostDispatch = NOTHING): DispatchResult {
  return err({error, post});
}

/** A result without post-dispatch information, as a call's own. */
export function outcome(result: Result<unknown, DispatchError>): DispatchResult {
  return result.ok ? DONE : failed(result.error);
}

/** One dispatchable of a pallet, its arguments already a codec. */
export interface Call<Args = unknown> {
  /** Upstream's name, `register_as_candidate`. */
  readonly name: string;
  readonly index: number;
  readonly docs: string;
  readonly args: Codec<Args>;
  /** Weight, class and fee as known before the call runs. */
  info(args: Args): DispatchInfo;
  dispatch(state: Externalities, origin: Origin, args: Args): DispatchResult;
}

type ArgCodecs = Readonly<Record<string, Codec<never> | Codec<unknown>>>;

export interface CallDeclaration<A extends ArgCodecs> {
  readonly name: string;
  readonly index: number;
  readonly docs: string;
  readonly args: A;
  weight(args: StructOf<A>): Weight;
  /** Normal unless said otherwise. */
  readonly class?: DispatchClass | ((args: StructOf<A>) => DispatchClass);
  dispatch(state: Externalities, origin: Origin, args: StructOf<A>): DispatchResult;
}

/**
 * Remembers what was computed for the same arguments. A call that carries a call asks it for its weight and for its
 * class; without memory a call in a call in a call would be asked twice as often at each level.
 */
function once<T extends object>(compute: (args: T) => DispatchInfo): (args: T) => DispatchInfo {
  const known = new WeakMap<T, DispatchInfo>();
  return args => {
    let info = known.get(args);
    if (info === undefined) {
      info = compute(args);
      known.set(args, info);
    }
    return info;
  };
}

/** Declares a dispatchable; codec, metadata and dispatch table follow from it. */
export function call<A extends ArgCodecs>(declared: CallDeclaration<A>): Call {
  const classOf = (args: StructOf<A>): DispatchClass =>
    typeof declared.class === "function" ? declared.class(args) : (declared.class ?? "Normal");
  const info = (args: StructOf<A>): DispatchInfo => ({
    weight: declared.weight(args),
    class: classOf(args),
    paysFee: "Yes",
  });
  const typed: Call<StructOf<A>> = {
    name: declared.name,
    index: declared.index,
    docs: declared.docs,
    args: struct(declared.args),
    info: typeof declared.class === "function" ? once(info) : info,
    dispatch: (state, origin, args) => declared.dispatch(state, origin, args),
  };
  return typed as Call<never> as Call;
}
