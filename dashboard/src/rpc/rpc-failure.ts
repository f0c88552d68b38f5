/** What the node, or the way to it, said no with. */
export class RpcFailure extends Error {
  readonly code: number | undefined;
  readonly data: unknown;

  constructor(message: string, {code, data}: {code?: number; data?: unknown} = {}) {
    super(message);
    this.name = "RpcFailure";
    this.code = code;
    this.data = data;
  }

  /** Nobody said no: the way to the node was lost, and whether it heard is not known. */
  get isBreak(): boolean {
    return this.code === undefined;
  }

  /** Substrate's code for a method that is not for everybody. */
  get isRefused(): boolean {
    return this.code === -32601 || /unsafe/i.test(this.message);
  }
}

export function failureText(error: unknown): string {
  // Of bytes that they cannot read libraries throw nothing at all, or what means something to their own authors only.
  const isOfLibrary = error instanceof TypeError || error instanceof RangeError;
  if (error === null || error === undefined || isOfLibrary) return "something in it cannot be read";
  if (!(error instanceof Error)) return String(error);
  const detail =
    error instanceof RpcFailure && typeof error.data === "string" ? `: ${error.data}` : "";
  return `${error.message}${detail}`;
}
