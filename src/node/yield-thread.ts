/** Lets timers, sockets and other work that is due have their turn: resolves in the next round of the event loop. */
export const yieldThread = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
