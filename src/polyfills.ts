import {WebSocket} from "ws";

/**
 * What Node 20 lacks and newer libraries count on. Loaded before everything else, and the only place that adds
 * to the language.
 */
interface WithResolvers {
  withResolvers?: <T>() => {
    promise: Promise<T>;
    resolve: (value: T | PromiseLike<T>) => void;
    reject: (reason?: unknown) => void;
  };
}

const promiseConstructor = Promise as unknown as WithResolvers;

promiseConstructor.withResolvers ??= function withResolvers<T>() {
  let resolve!: (value: T | PromiseLike<T>) => void;
  let reject!: (reason?: unknown) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return {promise, resolve, reject};
};

const globals = globalThis as unknown as {WebSocket?: unknown};

globals.WebSocket ??= WebSocket;
