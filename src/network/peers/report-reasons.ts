const I32_MIN = -0x8000_0000;

/**
 * What conduct changes a peer's reputation by: Substrate's numbers (spec §1.6), so that a node of ours judges as
 * its neighbours do.
 */
export const REPORT_REASONS = {
  "genesis-mismatch": I32_MIN,
  "same-block-request": I32_MIN,
  "block-invalid": -(2 ** 29),
  "block-data-missing": -(2 ** 29),
  "block-data-unrequested": -(2 ** 29),
  "header-incomplete": -(2 ** 20),
  "justification-invalid": -(2 ** 16),
  "ancestor-unknown": -(2 ** 16),
  "announce-invalid": -(2 ** 12),
  "response-malformed": -(2 ** 12),
  "message-malformed": -(2 ** 12),
  "message-too-large": -(2 ** 12),
  "transaction-invalid": -(2 ** 12),
  "light-request-invalid": -(2 ** 12),
  "same-state-request": -(2 ** 12),
  "same-small-block-request": -(2 ** 10),
  "announces-inactive": -(2 ** 10),
  "request-timeout": -(2 ** 10),
  // Ours: a substream on which nothing came.
  "substream-timeout": -(2 ** 10),
  "request-refused": -(2 ** 8),
  disconnected: -(2 ** 8),
  transaction: -16,
  "transaction-refund": 16,
  "transaction-new": 128,
  "grandpa-signature-invalid": -100,
  "grandpa-voter-unknown": -150,
  "grandpa-timeout": -200,
  "grandpa-catch-up-reply": -200,
  "grandpa-future": -500,
  "grandpa-out-of-scope": -500,
  "grandpa-neighbor-invalid": -500,
  "grandpa-past": -50,
  "grandpa-commit-malformed": -1_000,
  "grandpa-commit-invalid": -5_000,
  "grandpa-catch-up-invalid": -5_000,
  "grandpa-neighbor": 100,
  "grandpa-round-message": 100,
  "grandpa-commit": 100,
  "grandpa-catch-up": 200,
} as const satisfies Record<string, number>;

export type ReportReason = keyof typeof REPORT_REASONS;

/** What costs by the byte: a message of grandpa that does not decode. */
export const GRANDPA_UNDECODABLE_PER_BYTE = -5;
