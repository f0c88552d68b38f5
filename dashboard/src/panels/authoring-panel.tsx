import {Badge} from "../parts/badge.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {shownVerdict} from "../state/shown-verdict.ts";

/** Does it make blocks? As its pages of health say to supervisors. */
export function AuthoringPanel() {
  const verdict = shownVerdict.value;
  return (
    <Panel
      title="Health"
      aside={verdict && <Badge tone={verdict.level}>{verdict.code.replaceAll("-", " ")}</Badge>}
    >
      {verdict === undefined ? (
        <Waiting />
      ) : (
        <>
          <p class="lead">{verdict.sentence}</p>
          <p class="soft">
            For supervisors: <a href="/health">/health</a>,{" "}
            <a href="/health/readiness">readiness</a>, <a href="/health/authoring">authoring</a>.
          </p>
        </>
      )}
    </Panel>
  );
}
