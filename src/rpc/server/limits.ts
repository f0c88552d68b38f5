const MEBIBYTE = 1_024 * 1_024;

/** What one server and one connection may take. Sizes in bytes. */
export interface RpcLimits {
  readonly maxRequestBytes: number;
  readonly maxResponseBytes: number;
  /** HTTP and WebSocket together. */
  readonly maxConnections: number;
  readonly maxSubscriptionsPerConnection: number;
  /** Notifications that wait for a client that does not read; one more and it is cut off. */
  readonly maxQueuedMessages: number;
  /** Requests of one connection that are being worked on; more wait unread in the socket. */
  readonly maxRequestsInFlight: number;
  readonly maxBatchLength: number;
}

export const DEFAULT_LIMITS: RpcLimits = {
  // The first five are Substrate's defaults (spec/rpc §1).
  maxRequestBytes: 15 * MEBIBYTE,
  maxResponseBytes: 15 * MEBIBYTE,
  maxConnections: 100,
  maxSubscriptionsPerConnection: 1_024,
  maxQueuedMessages: 64,
  // Enough to keep the workers that check signatures busy from one connection.
  maxRequestsInFlight: 1_024,
  // Substrate has no bound. Ours is one thread: the largest batches seen, a hundred from indexers, fit tenfold.
  maxBatchLength: 1_000,
};
