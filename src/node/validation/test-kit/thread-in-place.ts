import {type Runtimes, WatchedLine} from "#core";
import type {CryptoSuite} from "#crypto";
import {yieldThread} from "../../yield-thread.ts";
import {Examiner} from "../examiner.ts";
import {LikelyKeys} from "../likely-keys.ts";
import type {FromThread, ToThread} from "../messages.ts";
import type {ExaminerThread, ThreadEvents} from "../validation-thread.ts";

/** What stands for a thread: it works on this one, and shares no array with whoever asks. */
export function threadInPlace(
  crypto: CryptoSuite,
  runtimes: Runtimes,
  {said}: ThreadEvents,
  onMessage: (message: ToThread | FromThread) => void = () => {},
): ExaminerThread {
  const examiner = new Examiner({
    crypto,
    runtimes,
    line: new WatchedLine(yieldThread),
    likely: new LikelyKeys(crypto.hashing),
    post(message, arrays) {
      const arrived = structuredClone(message, {transfer: arrays});
      setImmediate(() => {
        onMessage(arrived);
        said(arrived);
      });
    },
  });
  setImmediate(() => said({kind: "ready"}));
  return {
    post(message, arrays) {
      const arrived = structuredClone(message, {transfer: arrays});
      setImmediate(() => {
        onMessage(arrived);
        void examiner.take(arrived);
      });
    },
    holdProcess() {},
    async terminate() {},
  };
}
