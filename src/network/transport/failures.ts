/** Why the node cannot be reached by others. */
export interface ListenFailure {
  readonly code: "address-in-use" | "address-invalid" | "listen-failed";
  readonly address: string;
  readonly message: string;
}

/** Why there is no connection. */
export interface DialFailure {
  readonly code:
    | "address-invalid"
    | "unreachable"
    | "timeout"
    | "refused"
    | "wrong-peer"
    | "aborted"
    | "stopped";
  readonly message: string;
}

/**
 * Why a substream did not come about or a request has no response. `refused`: the peer reset it. `unsupported`:
 * it knows none of the names. `malformed`: it sent something that is not a length and that many bytes. A peer that
 * cuts the connection may reset its streams on the way out, so that this is `refused`, and not `disconnected`.
 */
export interface StreamFailure {
  readonly code:
    | "timeout"
    | "refused"
    | "unsupported"
    | "too-large"
    | "malformed"
    | "disconnected"
    | "aborted";
  readonly message: string;
}

/** Why an open notification substream ended. */
export type CloseReason =
  /** The peer ended its half: it wants no more. */
  | "closed-by-peer"
  /** The peer cut it; perhaps on its way to cutting the connection. */
  | "reset"
  | "disconnected"
  /** We closed it. */
  | "closed"
  /** The peer sent a message above the limit, or what is no message. */
  | "too-large"
  | "malformed"
  /** The peer did not take what we sent; it is being disconnected. */
  | "overflow";

export function streamFailure(code: StreamFailure["code"], message: string): StreamFailure {
  return {code, message};
}

export function dialFailure(code: DialFailure["code"], message: string): DialFailure {
  return {code, message};
}
