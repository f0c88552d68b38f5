import {err, type Millis, ok, type Result} from "#base";
import {decode, encode, u32} from "#codec";
import type {InherentProvider, InherentScope} from "#core";
import type {CryptoSuite} from "#crypto";
import {describeRuntime, StateReader} from "#description";
import {header as headerCodec} from "#primitives";
import {
  judgeView,
  PARACHAIN_INHERENT,
  type RelayNumberMissing,
  type RelayView,
  relayFacts,
  relayView,
  type ValidationDataCall,
  validationDataCall,
  validationDataInherent,
} from "#relay";
import type {RuntimeHost} from "#runtime-api";
import {Overlay} from "#state";
import type {RelayMail} from "./relay-mail.ts";

/**
 * What blocks of a rehearsed parachain are told of the relay chain that is not there: by its stand-in, the same on every node.
 * Says nothing for runtimes that ask for none.
 */
export function relayInherent(
  {relayOffset}: {readonly relayOffset: number},
  {hashing}: Pick<CryptoSuite, "hashing">,
  mail: RelayMail = {next: undefined},
): InherentProvider {
  /** The view of a block; undefined where its runtime wants none. Failures: the block's, or in words what is missing here. */
  function viewOf({
    parent,
    runtime,
    slotBegins,
  }: InherentScope): Result<
    {view: RelayView; call: ValidationDataCall} | undefined,
    RelayNumberMissing | string
  > {
    const hostOf = (): RuntimeHost => ({
      state: new Overlay(parent.state),
      verifySignature: () => false,
    });
    const description = describeRuntime(runtime, hostOf());
    if (!description.ok) return description;
    const call = validationDataCall(description.value);
    if (call === undefined) return ok(undefined);
    const reader = new StateReader(description.value, parent.state, hashing);
    const facts = relayFacts(reader, () => {
      const answer = runtime.call("GetParachainInfo_parachain_id", new Uint8Array(0), hostOf());
      const id = answer.ok ? decode(u32, answer.value) : undefined;
      return id?.ok ? id.value : undefined;
    });
    if (!facts.ok) return facts;
    const parentHead = encode(headerCodec, parent.header);
    const downward = mail.next === undefined ? [] : [mail.next];
    const world = {...facts.value, offset: relayOffset, parentHead, slotBegins, downward};
    const view = relayView(world, hashing);
    return view.ok ? ok({view: view.value, call}) : view;
  }

  return {
    name: "relay",
    data(scope) {
      const seen = viewOf(scope);
      if (!seen.ok) return err(typeof seen.error === "string" ? seen.error : inWords(seen.error));
      if (seen.value === undefined) return ok([]);
      const {view, call} = seen.value;
      return ok([[PARACHAIN_INHERENT, validationDataInherent(view, call)]]);
    },
    judge(scope, extrinsics) {
      const seen = viewOf(scope);
      if (!seen.ok && typeof seen.error !== "string") {
        return err({code: "relay-number-wrong", reason: inWords(seen.error)});
      }
      // What is missing here is no fault of the block's: whoever asks for the data hears of it.
      if (!seen.ok || seen.value === undefined) return ok();
      return judgeView(extrinsics, seen.value.view, seen.value.call, hashing);
    },
  };
}

function inWords({slotBegins, first, end}: RelayNumberMissing): string {
  const told = (moment: Millis) => new Date(moment).toISOString();
  return slotBegins < first
    ? `the rehearsal's relay chain begins at ${told(first)}, and the slot at ${told(slotBegins)}: is this machine's clock right?`
    : `the rehearsal's relay chain has no block numbers beyond ${told(end)}`;
}
