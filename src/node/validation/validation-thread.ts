import {Worker} from "node:worker_threads";
import {type Clock, millis, threadOfSource} from "#base";
import type {BlockHashing} from "#crypto";
import type {FromThread, ToThread} from "./messages.ts";

/** What a thread is told at its start. */
export interface ThreadData {
  readonly blockHashing: BlockHashing | undefined;
}

export interface ThreadEvents {
  said(message: FromThread): void;
  /** It has ended, for whatever reason. Said once. */
  gone(reason: string): void;
}

/** A thread that examines transactions, or what stands for one. */
export interface ExaminerThread {
  /** The arrays are handed over. */
  post(message: ToThread, arrays: ArrayBuffer[]): void;
  /** Whether the process is kept alive for it. */
  holdProcess(isHeld: boolean): void;
  terminate(): Promise<void>;
}

/** Milliseconds that a thread has at its end for what it was asked: a call of a foreign runtime may take any time. */
const END_WITHIN = 2_000;

export function openThread(
  data: ThreadData,
  clock: Pick<Clock, "now" | "until">,
  events: ThreadEvents,
): ExaminerThread {
  const worker = new Worker(...threadEntry(data));
  let reason = "it ended by itself";
  let open = 0;
  let onIdle: (() => void) | undefined;
  const answered = () => {
    if (--open === 0) onIdle?.();
  };
  worker.on("message", (message: FromThread) => {
    if (message.kind === "answers") answered();
    events.said(message);
  });
  worker.on("error", error => {
    reason = error.message;
  });
  worker.on("exit", () => {
    onIdle?.();
    events.gone(reason);
  });
  worker.unref();
  return {
    post(message, arrays) {
      if (message.kind === "ask") open++;
      worker.postMessage(message, arrays);
    },
    holdProcess(isHeld) {
      if (isHeld) worker.ref();
      else worker.unref();
    },
    /**
     * Once it has answered, or has had time for it: it may be loading the addon of ECDSA, and would then take the process
     * with it.
     */
    async terminate() {
      if (open > 0) {
        worker.ref();
        const over = new AbortController();
        const idle = new Promise<void>(resolve => {
          onIdle = resolve;
        });
        await Promise.race([idle, clock.until(millis(clock.now() + END_WITHIN), over.signal)]);
        over.abort();
      }
      await worker.terminate();
    },
  };
}

/** Beside the bundle lies the thread's own. */
function threadEntry(workerData: ThreadData): ConstructorParameters<typeof Worker> {
  const [file, options] = import.meta.url.endsWith(".ts")
    ? threadOfSource(new URL("./validation-worker.ts", import.meta.url))
    : [new URL("./validation-worker.js", import.meta.url), {}];
  return [file, {...options, name: "validation", workerData}];
}
