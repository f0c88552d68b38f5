import type {Result} from "#base";
import type {Hash} from "#primitives";
import type {BlockRequest} from "../protocols/block-request.ts";
import type {BlockData} from "../protocols/block-response.ts";
import type {LightRequest, LightResponse} from "../protocols/light-request.ts";
import type {StateRequest, StateResponse} from "../protocols/state-request.ts";
import type {PeerId} from "../transport/peer-id.ts";
import type {ReportReason} from "./report-reasons.ts";

/** No answer: the substream is reset. With a reason it also costs the asker. */
export interface Refusal {
  readonly code: "refused";
  readonly report?: ReportReason;
}

type Answer<Request, Response> = (
  peer: PeerId,
  request: Request,
  /** Ends when the asker has gone. */
  signal: AbortSignal,
) => Promise<Result<Response, Refusal>>;

/** What the node answers. A protocol without a handler is not offered. */
export interface RequestHandlers {
  readonly blocks?: Answer<BlockRequest, readonly BlockData[]>;
  readonly state?: Answer<StateRequest, StateResponse>;
  readonly light?: Answer<LightRequest, LightResponse>;
  /** SCALE of the warp proof. */
  readonly warp?: Answer<Hash, Uint8Array>;
}
