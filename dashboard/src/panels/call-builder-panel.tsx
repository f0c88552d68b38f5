import {useState} from "preact/hooks";
import {
  type Draft,
  emptyDraft,
  type FormField,
  formFields,
  type ReadDraft,
  readArguments,
} from "../call-form/index.ts";
import {bytesToHex, joined} from "../chain/bytes.ts";
import type {ChainRuntime} from "../chain/runtime.ts";
import {CallAction} from "../parts/call-action.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {RootByNode} from "../parts/root-by-node.tsx";
import {ValueField} from "../parts/value-field.tsx";
import {failureText} from "../rpc/rpc-failure.ts";
import {sudoCall} from "../sign/calls.ts";
import {chain, isDevelopment, isRehearsal} from "../state/chain.ts";
import {currentRuntime} from "../state/current-runtime.ts";
import {SMALLEST_UNIT} from "../text/amount-unit.ts";

/** Any call of the runtime's, filled in by the types that it gives its arguments. */
export function CallBuilderPanel() {
  const runtime = currentRuntime.value.value;
  const [chosen, setChosen] = useState({pallet: "System", call: "remark"});
  if (runtime === undefined) {
    return (
      <Panel title="Build a call">
        <Waiting failure={currentRuntime.failure.value} what="the runtime for its calls" />
      </Panel>
    );
  }
  const pallets = runtime.metadata.pallets.filter(each => callsOf(each.name, runtime).length > 0);
  const pallet = pallets.find(({name}) => name === chosen.pallet)?.name ?? pallets[0]?.name;
  if (pallet === undefined) {
    return (
      <Panel title="Build a call">
        <p class="soft">This runtime has no calls.</p>
      </Panel>
    );
  }
  const calls = callsOf(pallet, runtime);
  const call = calls.find(({name}) => name === chosen.call) ?? calls[0]!;
  return (
    <Panel title="Build a call" aside={`${pallet}.${call.name}`}>
      <div class="cards">
        <div class="row ends">
          <label class="field">
            <span>Pallet</span>
            <select
              value={pallet}
              onChange={event => setChosen({pallet: event.currentTarget.value, call: ""})}
            >
              {pallets.map(({name}) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label class="field">
            <span>Call</span>
            <select
              value={call.name}
              onChange={event => setChosen({pallet, call: event.currentTarget.value})}
            >
              {calls.map(({name}) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        </div>
        {call.docs !== "" && <p class="soft">{call.docs}</p>}
        <Arguments
          key={`${pallet}.${call.name}`}
          runtime={runtime}
          pallet={pallet}
          call={call.name}
        />
      </div>
    </Panel>
  );
}

interface NamedCall {
  readonly name: string;
  /** The first thing that the runtime says of it. */
  readonly docs: string;
}

function callsOf(pallet: string, {metadata}: ChainRuntime): readonly NamedCall[] {
  const type = metadata.pallets.find(({name}) => name === pallet)?.calls?.type;
  const def = type === undefined ? undefined : metadata.lookup[type]?.def;
  if (def?.tag !== "variant") return [];
  return def.value.map(({name, docs}) => ({name, docs: firstOf(docs)}));
}

function firstOf(docs: readonly string[]): string {
  const end = docs.findIndex((line, i) => i > 0 && line.trim() === "");
  const first = docs.slice(0, end < 0 ? docs.length : end);
  return first.join(" ").replaceAll("`", "").replaceAll(/\s+/g, " ").trim();
}

interface ArgumentsProps {
  readonly runtime: ChainRuntime;
  readonly pallet: string;
  readonly call: string;
}

function Arguments({runtime, pallet, call}: ArgumentsProps) {
  const fields = formFields(runtime, pallet, call);
  const [drafts, setDrafts] = useState<readonly Draft[]>(() =>
    fields.map(each => emptyDraft(each, runtime)),
  );
  const [asRoot, setAsRoot] = useState(false);
  const built = build({runtime, pallet, call}, fields, drafts);
  const hindrance = "bytes" in built ? undefined : built.hindrance;
  return (
    <>
      {fields.map((field, i) => (
        <ValueField
          key={field.label ?? i}
          field={field}
          runtime={runtime}
          draft={drafts[i]!}
          onChange={draft => setDrafts(before => before.with(i, draft))}
        />
      ))}
      <div>
        <h3>The exact bytes</h3>
        <pre class="built">{"bytes" in built ? bytesToHex(built.bytes) : built.hindrance}</pre>
      </div>
      {isRehearsal(chain.value) && (
        <label>
          <input
            type="checkbox"
            checked={asRoot}
            onChange={event => setAsRoot(event.currentTarget.checked)}
          />{" "}
          as root, which the sudo key signs
        </label>
      )}
      <CallAction
        label="Sign the built call"
        of={[drafts, asRoot]}
        hindrance={hindrance}
        build={async () => {
          if (!("bytes" in built)) throw new Error(built.hindrance);
          return asRoot ? sudoCall(built.bytes) : built.bytes;
        }}
      />
      {isDevelopment(chain.value) && (
        <RootByNode call={"bytes" in built ? bytesToHex(built.bytes) : undefined} />
      )}
    </>
  );
}

type Built = {readonly bytes: Uint8Array} | {readonly hindrance: string};

function build(
  {runtime, pallet, call}: ArgumentsProps,
  fields: readonly FormField[],
  drafts: readonly Draft[],
): Built {
  const unit = chain.value?.unit ?? SMALLEST_UNIT;
  const read: ReadDraft = readArguments(fields, drafts, {runtime, unit});
  if (!read.ok) return {hindrance: `${read.at.join(" › ")}: ${read.expected}`};
  try {
    const {codec, location} = runtime.builder.buildCall(pallet, call);
    return {bytes: joined(Uint8Array.from(location), codec.enc(read.value))};
  } catch (error) {
    return {hindrance: `this call cannot be written: ${failureText(error)}`};
  }
}
