import {useLayoutEffect, useRef, useState} from "preact/hooks";
import {bytesToHex} from "../chain/bytes.ts";
import {hidesFailures} from "../chain/carried-calls.ts";
import type {Part} from "../chain/described.ts";
import {decodeCall, hashOf} from "../chain/extrinsic.ts";
import {runtimeAt} from "../chain/runtime.ts";
import {valueText} from "../chain/value-text.ts";
import {failureText} from "../rpc/rpc-failure.ts";
import {type Rehearsed, signAndRehearse} from "../sign/sign-call.ts";
import {signer} from "../sign/signer.ts";
import {sendTransaction} from "../state/send-transaction.ts";
import {exactAmountText} from "../text/amount.ts";
import {knownText} from "../text/known.ts";
import {Said} from "./said.tsx";

interface CallActionProps {
  /** What the first button says. */
  readonly label: string;
  /** What it is made of, as it stands in the form: a change withdraws what was prepared of it. */
  readonly of: readonly unknown[];
  /** Why it cannot be done now; undefined when it can. */
  readonly hindrance?: string | undefined;
  readonly build: () => Promise<Uint8Array>;
}

interface Prepared extends Rehearsed {
  readonly name: string;
  /** Who signed. */
  readonly from: string;
  readonly args: unknown;
  readonly said: readonly Part[];
  readonly call: string;
  /** That it works does not say that what it carries does. */
  readonly isCarrier: boolean;
}

/** In two steps: sign, with what would happen, by the node's word; then send. */
export function CallAction({label, of, hindrance, build}: CallActionProps) {
  const who = signer.value;
  const [said, setSaid] = useState("");
  const [prepared, setPrepared] = useState<Prepared>();
  // Who signs and whether anything is in the way belong to it as well.
  const whole = [who?.address, hindrance, ...of];
  const newest = useRef(0);
  // What became of one that was sent stays, whatever is filled in next.
  const isSent = useRef(false);
  useLayoutEffect(() => {
    newest.current += 1;
    setPrepared(undefined);
    if (!isSent.current) setSaid("");
  }, whole);
  const prepare = async () => {
    newest.current += 1;
    const begun = newest.current;
    const isOld = () => newest.current !== begun;
    isSent.current = false;
    try {
      setPrepared(undefined);
      setSaid("Signing …");
      const call = await build();
      const runtime = await runtimeAt();
      const decoded = decodeCall(call, runtime);
      const {pallet, name, args, said} = decoded;
      const rehearsed = await signAndRehearse(call, who!);
      // The form says something else by now.
      if (isOld()) return;
      setPrepared({
        ...rehearsed,
        name: `${pallet}.${name}`,
        from: who!.name,
        args,
        said,
        call: bytesToHex(call),
        isCarrier: hidesFailures(decoded, runtime),
      });
      setSaid("");
    } catch (error) {
      if (!isOld()) setSaid(failureText(error));
    }
  };
  const send = async ({extrinsic, name}: Prepared) => {
    setPrepared(undefined);
    isSent.current = true;
    setSaid("Sent: followed below.");
    const {failure, doubt, callFailure} = await sendTransaction(extrinsic, {
      what: name,
      hash: hashOf(extrinsic),
    });
    const hindrance = failure ?? doubt;
    if (hindrance !== undefined) setSaid(`${name}: ${hindrance}`);
    else if (callFailure !== undefined) setSaid(`${name} is final, and failed: ${callFailure}`);
    else setSaid(`${name} is final.`);
  };
  return (
    <div class="cards">
      <div class="row">
        <button
          type="button"
          disabled={who === undefined || hindrance !== undefined}
          onClick={prepare}
        >
          {label}
        </button>
        {who !== undefined && hindrance !== undefined && <span class="soft">{hindrance}</span>}
        <span role="status">{said}</span>
      </div>
      {prepared && (
        <Preview
          prepared={prepared}
          send={() => void send(prepared)}
          drop={() => setPrepared(undefined)}
        />
      )}
    </div>
  );
}

interface PreviewProps {
  readonly prepared: Prepared;
  readonly send: () => void;
  readonly drop: () => void;
}

const REHEARSED: Readonly<Record<Rehearsed["rehearsal"], string>> = {
  done: "Tried out on the best block, it works.",
  refused: "This node lets nobody try it out from here.",
  unreadable: "It was tried out, and this chain does not describe what the answer means.",
};

const CARRIED =
  "Tried out on the best block, it is taken. Whether what it carries works is not told by that: the block that runs it says.";

function Preview({prepared, send, drop}: PreviewProps) {
  const {name, from, args, said, call, isCarrier, fee, failure, rehearsal} = prepared;
  return (
    <section class={`note ${failure === undefined ? "" : "bad"}`} aria-label="Before it is sent">
      <p>
        <strong>{name}</strong> from <strong>{from}</strong>, fee {knownText(fee, exactAmountText)}.{" "}
        {failure !== undefined
          ? `Tried out on the best block, it fails: ${failure}`
          : rehearsal === "done" && isCarrier
            ? CARRIED
            : REHEARSED[rehearsal]}
      </p>
      {said.length > 0 && (
        <p>
          <Said parts={said} isExact />
        </p>
      )}
      <details>
        <summary>The exact call</summary>
        {args !== undefined && <pre>{valueText(args)}</pre>}
        <pre>{call}</pre>
      </details>
      <p class="row">
        <button type="button" class="main" onClick={send}>
          {failure === undefined ? "Send" : "Send anyway"}
        </button>
        <button type="button" onClick={drop}>
          Cancel
        </button>
      </p>
    </section>
  );
}
