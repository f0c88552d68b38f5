import type {CallContext} from "./call-context.ts";
import type {Form} from "./forms.ts";

/** What a host function is about: the heading under which it is documented. */
export type HostGroup =
  | "storage"
  | "child storage"
  | "tries"
  | "hashing"
  | "signatures"
  | "keys"
  | "memory"
  | "logging"
  | "tracing"
  | "versions"
  | "indexing"
  | "off-chain";

/** How an answer crosses: `span` and `address` are bytes that are placed in memory, the former with their length. */
interface Answers {
  /** Whatever it returns is dropped. */
  nothing: unknown;
  i32: number;
  i64: bigint;
  span: Uint8Array;
  address: Uint8Array;
}
export type AnswerForm = keyof Answers;

type Arguments<P extends readonly Form<unknown>[]> = {
  [I in keyof P]: P[I] extends Form<infer T> ? T : never;
};

/** A function that a runtime may import, by its name there. */
export interface HostFunction {
  readonly name: string;
  readonly group: HostGroup;
  readonly params: readonly Form<unknown>[];
  readonly answer: AnswerForm;
  /** The arguments are of the forms that the parameters say. */
  run(call: CallContext, ...args: never[]): Answers[AnswerForm];
}

/** `named` without `ext_`, and the number of its version after it. */
export function hostFunction<const P extends readonly Form<unknown>[], A extends AnswerForm>(
  named: string,
  group: HostGroup,
  params: P,
  answer: A,
  run: (call: CallContext, ...args: Arguments<P>) => Answers[A],
): HostFunction {
  return {name: `ext_${named}`, group, params, answer, run: run as HostFunction["run"]};
}

/** One group's `hostFunction`. */
export const ofGroup =
  (group: HostGroup) =>
  <const P extends readonly Form<unknown>[], A extends AnswerForm>(
    named: string,
    params: P,
    answer: A,
    run: (call: CallContext, ...args: Arguments<P>) => Answers[A],
  ): HostFunction =>
    hostFunction(named, group, params, answer, run);
