import {binaryToBytes} from "#base";
import type {ElsewhereAsked} from "#core";
import {CODE_KEY} from "#primitives";
import type {StateView, StorageKey} from "#state";
import {StoreFault} from "#store";
import {TrieFault} from "#trie";
import {
  entries as entriesCodec,
  packed,
  type Question,
  questions as questionsCodec,
  type Verdict,
} from "./messages.ts";
import type {ExaminerThread} from "./validation-thread.ts";

/** Questions that go together: the more, the less do their signatures take; the fewer, the sooner is there an answer. */
const TOGETHER = 512;

/** Batches with the thread: the next is at hand when one is done, and what comes meanwhile makes one that is larger. */
const BATCHES_WITH_THREAD = 2;

/** Questions that are given back in one turn of the event loop. */
const AT_A_TIME = 32;

/** Undefined: nothing was found out. */
type Resolve = (verdict: Verdict | undefined) => void;

interface Asked extends ElsewhereAsked {
  readonly resolve: Resolve;
}

/** A state that the thread is asked about. */
interface Begun {
  readonly number: number;
  readonly at: ElsewhereAsked["at"];
  /** By the numbers of the questions. */
  readonly open: Map<number, Asked>;
}

/** What is under way with one thread. */
export class Seat {
  readonly thread: ExaminerThread;
  isReady = false;
  readonly #waiting: Asked[] = [];
  /** The last one is that of the newest block asked about. */
  readonly #begun: Begun[] = [];
  /** That of the state begun last. */
  #code: Uint8Array | undefined;
  #open = 0;
  #batches = 0;
  #next = 0;

  constructor(thread: ExaminerThread) {
    this.thread = thread;
  }

  /** Questions without an answer. */
  get open(): number {
    return this.#open;
  }

  add(asked: ElsewhereAsked, resolve: Resolve): void {
    if (this.#open++ === 0) this.thread.holdProcess(true);
    this.#waiting.push({...asked, resolve});
  }

  /** Hands over what waits, as far as the thread keeps up; `often` comes along with each state that is new to the thread. */
  flush(often: readonly StorageKey[]): void {
    while (this.#waiting.length > 0 && this.#batches < BATCHES_WITH_THREAD) {
      const {at} = this.#waiting[0]!;
      const end = this.#waiting.findIndex(asked => asked.at !== at);
      const count = Math.min(end < 0 ? this.#waiting.length : end, TOGETHER);
      this.#handOver(this.#waiting.splice(0, count), at, often);
    }
  }

  /** The thread is done with a batch. */
  batchEnded(): void {
    this.#batches--;
  }

  /** Entries that the thread needs. Where one cannot be read, whoever asks the runtime here comes upon the same. */
  give(state: number, keys: readonly StorageKey[]): void {
    const begun = this.#begun.find(({number}) => number === state);
    if (begun === undefined) return;
    const entries = entriesOf(begun.at.state, keys);
    if (entries === undefined) this.#end(begun);
    else this.thread.post({kind: "entries", state, entries}, [entries.buffer]);
  }

  answer(id: number, verdict: Verdict): void {
    for (const {open} of this.#begun) {
      const asked = open.get(id);
      if (asked === undefined) continue;
      open.delete(id);
      this.#settle(asked, verdict);
    }
  }

  /** Of states that nobody asks about any more: the last one stays for as long as anything is asked. */
  endFormer(): void {
    const former = this.#open === 0 ? [...this.#begun] : this.#begun.slice(0, -1);
    for (const begun of former) if (begun.open.size === 0) this.#end(begun);
  }

  /** Nobody waits any longer. */
  abandon(): void {
    for (const begun of [...this.#begun]) this.#end(begun);
    this.#giveBack(this.#waiting.splice(0));
  }

  #handOver(asked: readonly Asked[], at: ElsewhereAsked["at"], often: readonly StorageKey[]): void {
    const begun = this.#begin(at, often);
    if (begun === undefined) {
      this.#giveBack(asked);
      return;
    }
    const questions = asked.map((one): Question => {
      const id = this.#number();
      begun.open.set(id, one);
      return {id, source: one.source, tx: one.tx};
    });
    const bytes = packed(questionsCodec, questions);
    this.#batches++;
    this.thread.post({kind: "ask", state: begun.number, questions: bytes}, [bytes.buffer]);
  }

  /** Undefined where the state cannot be read. */
  #begin(at: ElsewhereAsked["at"], often: readonly StorageKey[]): Begun | undefined {
    const last = this.#begun.at(-1);
    // Not by their states: those of two blocks may be one.
    if (last?.at === at) return last;
    const {state, hash, number} = at;
    const code = readable(() => state.get(CODE_KEY));
    const entries = entriesOf(state, often);
    if (code === undefined || entries === undefined) return undefined;
    const begun: Begun = {number: this.#number(), at, open: new Map()};
    // States share what did not change between them.
    const given = this.#code === code ? {} : {code};
    const block = {hash, number};
    this.thread.post({kind: "begin", state: begun.number, block, ...given, entries}, [
      entries.buffer,
    ]);
    this.#code = code;
    this.#begun.push(begun);
    this.endFormer();
    return begun;
  }

  #end(begun: Begun): void {
    this.#begun.splice(this.#begun.indexOf(begun), 1);
    this.thread.post({kind: "end", state: begun.number}, []);
    this.#giveBack([...begun.open.values()]);
  }

  /** Whoever asked asks the runtime himself, as many at a time as take it a moment: else thousands would in one go. */
  #giveBack(asked: readonly Asked[]): void {
    for (const one of asked.slice(0, AT_A_TIME)) this.#settle(one, undefined);
    if (asked.length > AT_A_TIME) setImmediate(() => this.#giveBack(asked.slice(AT_A_TIME)));
  }

  #settle(asked: Asked, verdict: Verdict | undefined): void {
    if (--this.#open === 0) this.thread.holdProcess(false);
    asked.resolve(verdict);
  }

  /** Of a question or a state; those of one thread are under way for moments, and never four billion of them. */
  #number(): number {
    this.#next = (this.#next + 1) % 2 ** 32;
    return this.#next;
  }
}

function entriesOf(
  state: StateView,
  keys: readonly StorageKey[],
): Uint8Array<ArrayBuffer> | undefined {
  const rows = readable(() =>
    keys.map((key): [Uint8Array, Uint8Array | undefined] => [binaryToBytes(key), state.get(key)]),
  );
  return rows && packed(entriesCodec, rows);
}

/** Undefined where the state lacks what is read, or it is damaged: that is for those to tell who read it for themselves. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof TrieFault || error instanceof StoreFault) return undefined;
    throw error;
  }
}
