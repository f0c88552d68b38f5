/** Keys that a node signs with, in the order of the chain's session keys. */
export const SESSION_KEY_TYPES = ["aura", "gran"] as const;
