import {ok} from "#base";
import {bool, method, param} from "../../declare/index.ts";
import {RawJson} from "../../json-rpc/raw-json.ts";
import type {SpecQuestions} from "../../questions/spec.ts";

/**
 * The chain spec for a light client, with this node among its boot nodes. Upstream adds a `lightSyncState` of Babe's,
 * which says nothing on an Aura chain: light clients begin at genesis here, and leap from there by proofs of finality.
 */
export const syncStateGenSyncSpec = (spec: SpecQuestions) =>
  method({
    name: "sync_state_genSyncSpec",
    params: [param("raw", bool)],
    result: "the chain spec",
    handle: (_, raw) => ok(new RawJson(spec.document(raw))),
  });
