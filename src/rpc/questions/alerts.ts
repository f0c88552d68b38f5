import type {AlertsView} from "#desk";

/** What the node watches over, and whom it tells. */
export interface AlertQuestions {
  view(): AlertsView;
}
