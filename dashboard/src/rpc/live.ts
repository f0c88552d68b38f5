import {type ReadonlySignal, signal} from "@preact/signals";
import {failureText} from "./rpc-failure.ts";
import type {RpcSocket, Subscription} from "./rpc-socket.ts";

/** What was last heard of something; `undefined` until then. */
export type Live<T> = ReadonlySignal<T | undefined>;

/** The newest item of a subscription, which is open exactly while somebody looks. */
export function live<T>(socket: RpcSocket, subscription: Subscription): Live<T> {
  let stop: () => void = () => undefined;
  const value = signal<T | undefined>(undefined, {
    watched() {
      stop = socket.subscribe<T>(subscription, item => {
        value.value = item;
      });
    },
    unwatched() {
      stop();
    },
  });
  return value;
}

export interface Asked<T> {
  readonly value: Live<T>;
  /** Why the last time it was asked for brought nothing. */
  readonly failure: ReadonlySignal<string | undefined>;
  refresh(): Promise<void>;
}

/** When something is to be asked for again; answers how to stop that. */
export type Cadence = (ask: () => void) => () => void;

/** What has no subscription: asked for when somebody begins to look, and again as the cadence says. */
export function asked<T>(ask: () => Promise<T>, cadence: Cadence): Asked<T> {
  let stop: () => void = () => undefined;
  let isUnderWay = false;
  const failure = signal<string | undefined>(undefined);
  const refresh = async () => {
    if (isUnderWay) return;
    isUnderWay = true;
    try {
      value.value = await ask();
      failure.value = undefined;
    } catch (error) {
      failure.value = failureText(error);
    } finally {
      isUnderWay = false;
    }
  };
  const value = signal<T | undefined>(undefined, {
    watched() {
      void refresh();
      stop = cadence(() => void refresh());
    },
    unwatched() {
      stop();
    },
  });
  return {value, failure, refresh};
}
