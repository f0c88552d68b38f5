/** An examiner without a thread, runtimes that do as a test says, and messages by hand. */
import {binaryToBytes, bytesToBinary, err, hex, ok, type Result} from "#base";
import {encode} from "#codec";
import {type Runtimes, WatchedLine} from "#core";
import {createNativeCrypto} from "#crypto-native";
import {CODE_KEY, invalid, transactionValidity} from "#primitives";
import type {Runtime, RuntimeFailure, RuntimeHost} from "#runtime-api";
import {Examiner} from "../examiner.ts";
import {LikelyKeys} from "../likely-keys.ts";
import {
  type Answer,
  answers,
  entries,
  type FromThread,
  keys,
  packed,
  type Question,
  questions,
  unpacked,
} from "../messages.ts";

const native = await createNativeCrypto();
/** Signatures hold whose first byte is odd. */
const isOdd = (signature: Uint8Array) => signature[0]! % 2 === 1;
const crypto: typeof native = {
  ...native,
  signatures: {
    ...native.signatures,
    verify: (_scheme, signature) => isOdd(signature),
    verifyEach: (_scheme, all) => all.map(({signature}) => isOdd(signature)),
  },
};

const QUEUE = hex("0xd2bc9897eed08f15");

export type Call = (asked: {
  readonly source: number;
  /** Without its length. */
  readonly tx: Uint8Array;
  readonly block: Uint8Array;
  readonly host: RuntimeHost;
}) => Result<Uint8Array, RuntimeFailure>;

/** Runtimes by the second byte of their codes. */
export function runtimesOf(
  ...scripts: readonly {readonly call: Call; readonly takesPromises?: boolean}[]
): Runtimes {
  return {
    runtimeOf(state) {
      const code = state.get(CODE_KEY);
      const script = code && scripts[code[1]!];
      if (script === undefined) return err({code: "code-missing"});
      const runtime = {
        version: {apis: [[QUEUE, 3]]},
        ...(script.takesPromises === undefined ? {} : {takesPromises: script.takesPromises}),
        call: (_name: string, args: Uint8Array, host: RuntimeHost) =>
          script.call({
            source: args[0]!,
            tx: args.subarray(1, -32),
            block: args.subarray(-32),
            host,
          }),
      };
      return ok(runtime as unknown as Runtime);
    },
  };
}

export const judged = (priority: number) =>
  ok(
    encode(
      transactionValidity,
      ok({
        priority: BigInt(priority),
        requires: [],
        provides: [Uint8Array.of(1)],
        longevity: 64n,
        propagate: true,
      }),
    ),
  );
export const refused = ok(encode(transactionValidity, err(invalid("Payment"))));
export const signed = (host: RuntimeHost, first: number) =>
  host.verifySignature({
    scheme: "sr25519",
    signature: new Uint8Array(64).fill(first),
    message: Uint8Array.of(1),
    account: new Uint8Array(32),
  });

const code = (of: number) => Uint8Array.of(0, of);
export const NO_ENTRIES = packed(entries, []);

/** An examiner, and what it posted. */
export function examinerOf(runtimes: Runtimes) {
  const posted: FromThread[] = [];
  const examiner = new Examiner({
    crypto,
    runtimes,
    line: new WatchedLine(async () => {}),
    likely: new LikelyKeys(native.hashing),
    post: message => void posted.push(message),
  });
  const begin = (state: number, of?: number, hash = new Uint8Array(32).fill(state)) =>
    examiner.take({
      kind: "begin",
      state,
      block: {hash, number: state},
      ...(of === undefined ? {} : {code: code(of)}),
      entries: NO_ENTRIES,
    });
  let id = 0;
  const ask = (state: number, tx: readonly number[], source: Question["source"] = "External") => {
    const question = {id: id++, source, tx: Uint8Array.from([tx.length << 2, ...tx])};
    return examiner.take({kind: "ask", state, questions: packed(questions, [question])});
  };
  const give = (state: number, values: Readonly<Record<string, number | undefined>>) =>
    examiner.take({
      kind: "entries",
      state,
      entries: packed(
        entries,
        Object.entries(values).map(([key, value]) => [
          binaryToBytes(key),
          value === undefined ? undefined : Uint8Array.of(value),
        ]),
      ),
    });
  const end = (state: number) => examiner.take({kind: "end", state});
  const needed = async () => {
    await new Promise(resolve => setImmediate(resolve));
    return posted.flatMap(message =>
      message.kind === "need"
        ? [[message.state, ...unpacked(keys, message.keys).map(bytesToBinary)]]
        : [],
    );
  };
  const answered = (): Answer[] =>
    posted.flatMap(message =>
      message.kind === "answers" ? unpacked(answers, message.answers) : [],
    );
  const verdicts = () => answered().map(({verdict}) => verdict);
  return {examiner, posted, begin, ask, give, end, needed, answered, verdicts};
}
