import {useState} from "preact/hooks";
import {bytesToHex} from "../chain/bytes.ts";
import type {Part} from "../chain/described.ts";
import {decodeCall, hashOf} from "../chain/extrinsic.ts";
import {runtimeAt} from "../chain/runtime.ts";
import {valueText} from "../chain/value-text.ts";
import {failureText} from "../rpc/rpc-failure.ts";
import {type Rehearsed, signAndRehearse} from "../sign/sign-call.ts";
import {signer} from "../sign/signer.ts";
import {sendTransaction} from "../state/send-transaction.ts";
import {amountText} from "../text/amount.ts";
import {Said} from "./said.tsx";

interface CallActionProps {
  /** What the first button says. */
  readonly label: string;
  /** Why it cannot be done now; undefined when it can. */
  readonly hindrance?: string | undefined;
  readonly build: () => Promise<Uint8Array>;
}

interface Prepared extends Rehearsed {
  readonly name: string;
  readonly args: unknown;
  readonly said: readonly Part[];
  readonly call: string;
}

/** In two steps: sign, with what would happen, by the node's word; then send. */
export function CallAction({label, hindrance, build}: CallActionProps) {
  const who = signer.value;
  const [said, setSaid] = useState("");
  const [prepared, setPrepared] = useState<Prepared>();
  const prepare = async () => {
    try {
      setPrepared(undefined);
      setSaid("Signing …");
      const call = await build();
      const {pallet, name, args, said} = decodeCall(call, await runtimeAt());
      const rehearsed = await signAndRehearse(call, who!);
      setPrepared({
        ...rehearsed,
        name: `${pallet}.${name}`,
        args,
        said,
        call: bytesToHex(call),
      });
      setSaid("");
    } catch (error) {
      setSaid(failureText(error));
    }
  };
  const send = async ({extrinsic, name}: Prepared) => {
    setPrepared(undefined);
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

function Preview({prepared, send, drop}: PreviewProps) {
  const {name, args, said, call, fee, failure, rehearsal} = prepared;
  return (
    <section class={`note ${failure === undefined ? "" : "bad"}`} aria-label="Before it is sent">
      <p>
        <strong>{name}</strong>, fee {amountText(fee)}.{" "}
        {failure !== undefined
          ? `Tried out on the best block, it fails: ${failure}`
          : REHEARSED[rehearsal]}
      </p>
      {said.length > 0 && (
        <p>
          <Said parts={said} />
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
