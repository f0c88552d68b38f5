/** What the node says to its operator, changed while it runs. */
export interface LogQuestions {
  /** Directives as in `--log`; false when one of them names no level. */
  addFilter(directives: string): boolean;
  /** As the node was started. */
  resetFilter(): void;
}
