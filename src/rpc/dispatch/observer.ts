/** Told of what clients do, for whoever counts it. */
export interface RpcObserver {
  callStarted(method: string): void;
  callFinished(method: string, milliseconds: number, isError: boolean): void;
  sessionOpened(): void;
  /** `wasCut`: by us, since the client did not read or gave no sign of life. */
  sessionClosed(wasCut: boolean): void;
}

export const NO_OBSERVER: RpcObserver = {
  callStarted() {},
  callFinished() {},
  sessionOpened() {},
  sessionClosed() {},
};
