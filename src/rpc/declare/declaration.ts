import type {Method} from "./method.ts";
import type {Subscription} from "./subscription.ts";

/** What the server is made of: one per method, one per subscription. */
export type Declaration = Method | Subscription;
