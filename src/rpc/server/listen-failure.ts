export type ListenFailure =
  | {code: "port-in-use"; host: string; port: number}
  | {code: "port-not-permitted"; host: string; port: number}
  /** No interface of this machine has this address, or the name does not resolve. */
  | {code: "host-unavailable"; host: string; reason: string}
  | {code: "cannot-listen"; host: string; port: number; reason: string};

/** For people: what happened, then what to do. */
export function describeListenFailure(failure: ListenFailure): string {
  switch (failure.code) {
    case "port-in-use":
      return `port-in-use: another program listens on ${failure.host}:${failure.port}\n  do  stop it, or choose another port with --rpc-port`;
    case "port-not-permitted":
      return `port-not-permitted: the system does not let this user listen on port ${failure.port}\n  do  choose a port above 1023 with --rpc-port`;
    case "host-unavailable":
      return `host-unavailable: ${failure.host} is no address of this machine (${failure.reason})\n  do  listen on 127.0.0.1, or on 0.0.0.0 for all interfaces`;
    case "cannot-listen":
      return `cannot-listen: ${failure.host}:${failure.port} (${failure.reason})`;
  }
}

export function listenFailureOf(
  error: NodeJS.ErrnoException,
  host: string,
  port: number,
): ListenFailure {
  const reason = error.code ?? error.message;
  switch (error.code) {
    case "EADDRINUSE":
      return {code: "port-in-use", host, port};
    case "EACCES":
      return {code: "port-not-permitted", host, port};
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return {code: "host-unavailable", host, reason};
    default:
      return {code: "cannot-listen", host, port, reason};
  }
}
