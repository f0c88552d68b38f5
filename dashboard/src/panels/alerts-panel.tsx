import type {Alerts} from "../contract/index.ts";
import {Badge} from "../parts/badge.tsx";
import {Fact, Facts} from "../parts/facts.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {Table} from "../parts/table.tsx";
import {alerts} from "../state/alerts.ts";
import {methods} from "../state/chain.ts";
import {ALERT_STATES, ALERT_WORDS, byUrgency} from "../text/alert-words.ts";
import {plural} from "../text/short.ts";
import {timeText} from "../text/time.ts";

/** What does the node watch over, and was anybody told? */
export function AlertsPanel() {
  const offered = methods.value.value;
  if (offered !== undefined && !offered.includes("collator_alerts")) {
    return (
      <Panel title="Alerts">
        <p class="soft">
          Nothing is watched over: this node makes no blocks and was started without
          --alert-webhook.
        </p>
      </Panel>
    );
  }
  return <Watched />;
}

function Watched() {
  const view = alerts.value.value;
  if (view === undefined) {
    return (
      <Panel title="Alerts">
        <Waiting failure={alerts.failure.value} />
      </Panel>
    );
  }
  const {rules, webhook, lookedAt} = view;
  const firing = rules.filter(({state}) => state === "firing").length;
  return (
    <Panel
      title="Alerts"
      aside={
        lookedAt !== null && (
          <Badge tone={firing > 0 ? "bad" : "good"}>
            {firing > 0 ? `${firing} firing` : "all calm"}
          </Badge>
        )
      }
    >
      {lookedAt === null && <p class="lead soft">The node has not looked yet.</p>}
      {webhook === null ? (
        <p class="lead">
          Nobody is told: start the node with --alert-webhook, or use the rules for Prometheus.
        </p>
      ) : (
        <Told webhook={webhook} />
      )}
      <Table caption="Rules that the node watches over" columns={["Rule", "State", "Since"]}>
        {byUrgency(rules).map(({code, state, since, sentence}) => (
          <tr key={code}>
            <th scope="row">
              {ALERT_WORDS[code]}
              {sentence !== undefined && <div class="soft">{sentence}</div>}
            </th>
            <td>
              <Badge tone={ALERT_STATES[state][0]}>{ALERT_STATES[state][1]}</Badge>
            </td>
            <td class="nowrap">{timeText(since)}</td>
          </tr>
        ))}
      </Table>
    </Panel>
  );
}

function Told({webhook: {host, waiting, last}}: {webhook: NonNullable<Alerts["webhook"]>}) {
  return (
    <Facts>
      <Fact name="Told to">
        {host}
        {waiting > 0 && `, ${plural(waiting, "message")} waiting`}
      </Fact>
      <Fact name="Last delivery">
        {last === null ? (
          <span class="soft">none yet: nothing fired since the node started</span>
        ) : (
          <>
            {timeText(last.at)}, {last.alert} {last.state === "firing" ? "began" : "is over"}:{" "}
            <Badge tone={last.isTaken ? "good" : "bad"}>
              {last.isTaken ? `taken, ${last.answer}` : `not taken, ${last.answer}`}
            </Badge>
          </>
        )}
      </Fact>
    </Facts>
  );
}
