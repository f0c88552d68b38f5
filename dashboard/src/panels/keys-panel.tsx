import type {CollatorStatus} from "../contract/index.ts";
import {Badge} from "../parts/badge.tsx";
import {Fact, Facts} from "../parts/facts.tsx";
import {Known} from "../parts/known.tsx";
import {Hash} from "../parts/names.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {status} from "../state/collator.ts";
import {UNKNOWN} from "../text/known.ts";

type Keys = NonNullable<CollatorStatus["keys"]>;

const VERDICTS = {
  match: ["good", "match"],
  "will-match": ["waiting", "will match"],
  mismatch: ["bad", "mismatch"],
  "not-registered": ["bad", "not registered"],
  unknown: ["quiet", "unknown"],
} as const;

/** Does the chain expect the keys that this node holds? */
export function KeysPanel() {
  const current = status.value;
  const keys = current?.keys;
  // Of keys that the chain does not tell nobody knows that there are none.
  const none = keys?.verdict === "unknown" ? UNKNOWN : "none";
  const [tone, word] = keys === undefined ? [] : VERDICTS[keys.verdict];
  return (
    <Panel title="Session keys" aside={tone !== undefined && <Badge tone={tone}>{word}</Badge>}>
      {current === undefined ? (
        <Waiting failure={status.failure.value} />
      ) : keys === undefined ? (
        <p class="soft">
          {current.whyNoSet === undefined
            ? "No account, so no keys to compare."
            : `Which keys are expected is unknown: ${current.whyNoSet}.`}
        </p>
      ) : (
        <>
          <p class="lead">{keys.sentence}</p>
          {current.stoppedKeys.map(({keyType, publicKey, what}) => (
            <p key={publicKey}>
              <Badge tone="bad">stopped</Badge> Another node signs with the {keyType} key{" "}
              <Hash of={publicKey} ends={4} /> ({what}): it signs nothing here.
            </p>
          ))}
          <Facts>
            <Fact name="This session">
              <Held keys={keys.now} none={none} />
            </Fact>
            <Fact name="Next session">
              <Held keys={keys.queued} none={none} />
            </Fact>
            <Fact name="The one after">
              <Held keys={keys.next} none={none} />
            </Fact>
          </Facts>
          <p class="soft apart">Of each the Aura key, which signs blocks, where it is known.</p>
        </>
      )}
    </Panel>
  );
}

/** `none`: what there is to say where no keys are known. */
function Held({keys, none}: {keys: Keys["now"]; none: string}) {
  if (keys === undefined) return <span class="soft">{none}</span>;
  const aura = keys.byType?.find(({keyType}) => keyType === "aura");
  return (
    <>
      <Hash of={aura?.publicKey ?? keys.keys} ends={4} />{" "}
      <Known value={keys.isHeld}>
        {isHeld =>
          isHeld ? <Badge tone="good">held here</Badge> : <Badge tone="bad">not here</Badge>
        }
      </Known>
    </>
  );
}
