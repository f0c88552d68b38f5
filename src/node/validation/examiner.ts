import {binaryToBytes} from "#base";
import {type ExaminerTools, examine} from "./examine.ts";
import {
  answers,
  type FromThread,
  keys,
  packed,
  questions,
  type ToThread,
  unpacked,
} from "./messages.ts";
import {StateOfBlock} from "./state-of-block.ts";

export interface ExaminerDependencies extends Omit<ExaminerTools, "fetch"> {
  readonly post: (message: FromThread, arrays: ArrayBuffer[]) => void;
}

/** What a thread does: takes messages, and posts answers. Knows nothing of threads. */
export class Examiner {
  readonly #deps: ExaminerDependencies;
  readonly #states = new Map<number, StateOfBlock>();
  readonly #numbers = new WeakMap<StateOfBlock, number>();
  #code: Uint8Array | undefined;

  constructor(deps: ExaminerDependencies) {
    this.#deps = deps;
  }

  async take(message: ToThread): Promise<void> {
    if (message.kind === "begin") return this.#begin(message);
    const state = this.#states.get(message.state);
    if (state === undefined) return;
    if (message.kind === "entries") state.told(message.entries);
    else if (message.kind === "ask") await this.#answer(state, message.questions);
    else this.#end(message.state, state);
  }

  #begin({state, block, code, entries}: ToThread & {kind: "begin"}): void {
    if (code !== undefined) {
      this.#code = code;
      this.#deps.likely.clear();
    }
    const begun = new StateOfBlock(block, this.#code, entries);
    this.#states.set(state, begun);
    this.#numbers.set(begun, state);
  }

  async #answer(state: StateOfBlock, asked: Uint8Array): Promise<void> {
    const {answers: found, signatures} = await examine(state, unpacked(questions, asked), {
      ...this.#deps,
      fetch: (of, wanted) =>
        of.fetch(wanted, missing => {
          const number = this.#numbers.get(of)!;
          this.#deps.post({kind: "need", state: number, keys: missing}, [missing.buffer]);
        }),
    });
    const bytes = packed(answers, [...found]);
    this.#deps.post({kind: "answers", answers: bytes, signatures}, [bytes.buffer]);
  }

  #end(number: number, state: StateOfBlock): void {
    this.#states.delete(number);
    state.end();
    const often = state.often();
    if (often === undefined) return;
    const bytes = packed(keys, often.map(binaryToBytes));
    this.#deps.post({kind: "often", keys: bytes}, [bytes.buffer]);
  }
}
