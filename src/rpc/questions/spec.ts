/** The chain spec that others need to join this chain through this node. */
export interface SpecQuestions {
  /** The document, with this node among the boot nodes; `raw`: every key of the first state. */
  document(raw: boolean): string;
}
