import {batch, type ReadonlySignal, signal} from "@preact/signals";
import {BackOff} from "./back-off.ts";
import {failureText, RpcFailure} from "./rpc-failure.ts";
import type {RpcSocket, Subscription} from "./rpc-socket.ts";

/** What was last heard of something; `undefined` until then. */
export type Live<T> = ReadonlySignal<T | undefined>;

export type Told<T> = Live<T> & {
  /** Why the node tells nothing of it; it is asked again after a while. */
  readonly failure: ReadonlySignal<string | undefined>;
  /** When it was last heard, by this machine's clock. */
  readonly heardAt: ReadonlySignal<number | undefined>;
};

/** The newest item of a subscription, which is open exactly while somebody looks. */
export function live<T>(socket: RpcSocket, subscription: Subscription): Told<T> {
  let stop: () => void = () => undefined;
  const failure = signal<string | undefined>(undefined);
  const heardAt = signal<number | undefined>(undefined);
  const backOff = new BackOff();
  const begin = () => {
    stop = socket.subscribe<T>(
      subscription,
      item => {
        backOff.stop();
        batch(() => {
          heardAt.value = Date.now();
          value.value = item;
          failure.value = undefined;
        });
      },
      refusal => {
        failure.value = failureText(refusal);
        backOff.later(begin);
      },
    );
  };
  const value = signal<T | undefined>(undefined, {
    watched: begin,
    unwatched() {
      backOff.stop();
      stop();
    },
  });
  return Object.assign(value, {failure, heardAt});
}

export interface Asked<T> {
  readonly value: Live<T>;
  /** Why the last time it was asked for brought nothing. */
  readonly failure: ReadonlySignal<string | undefined>;
  refresh(): Promise<void>;
}

/** When something is to be asked for again; answers how to stop that. */
export type Cadence = (ask: () => void) => () => void;

/**
 * What has no subscription: asked for when somebody begins to look, and again as the cadence says. What was refused is
 * asked for again after a while, whatever the cadence says.
 */
export function asked<T>(ask: () => Promise<T>, cadence: Cadence): Asked<T> {
  let stop: () => void = () => undefined;
  let isUnderWay = false;
  let isWatched = false;
  const failure = signal<string | undefined>(undefined);
  const backOff = new BackOff();
  const refresh = async () => {
    if (isUnderWay) return;
    isUnderWay = true;
    let broken = false;
    try {
      value.value = await ask();
      failure.value = undefined;
      backOff.stop();
    } catch (error) {
      failure.value = failureText(error);
      broken = error instanceof RpcFailure && error.isBreak;
      if (isWatched && !broken) backOff.later(() => void refresh());
    } finally {
      isUnderWay = false;
    }
    // Waits until there is a connection again.
    if (isWatched && broken) await refresh();
  };
  const value = signal<T | undefined>(undefined, {
    watched() {
      isWatched = true;
      void refresh();
      stop = cadence(() => {
        if (!backOff.isWaiting) void refresh();
      });
    },
    unwatched() {
      isWatched = false;
      backOff.stop();
      stop();
    },
  });
  return {value, failure, refresh};
}
