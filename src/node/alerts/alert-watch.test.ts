import assert from "node:assert/strict";
import {once} from "node:events";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {test} from "node:test";
import {millis, silentLogger, VirtualClock} from "#base";
import type {Alert} from "./alert-rules.ts";
import {AlertWatch} from "./alert-watch.ts";
import {type AlertMessage, createWebhook} from "./webhook.ts";

test("an alert is told when it lasts, once, and again when it is over for good", () => {
  const sent: string[] = [];
  let alerts: Alert[] = [];
  const watch = new AlertWatch({
    clock: new VirtualClock(millis(0)),
    wallClock: new VirtualClock(millis(0)),
    alerts: () => alerts,
    send: ({alert, state}) => sent.push(`${alert} ${state}`),
    node: "n",
    chain: "c",
  });
  const disk: Alert = {code: "disk-low", sentence: "little"};
  const clock: Alert = {code: "clock-off", sentence: "off"};
  for (const now of [[disk], [], [disk], [disk], [disk, clock], [clock], [], [], []]) {
    alerts = now;
    watch.look();
  }
  assert.deepEqual(sent, [
    "disk-low firing",
    "clock-off firing",
    "disk-low resolved",
    "clock-off resolved",
  ]);
});

test("a webhook that fails is tried again, later and later, and nothing of its address is logged", async t => {
  const got: AlertMessage[] = [];
  let failures = 2;
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", chunk => {
      text += chunk;
    });
    request.on("end", () => {
      if (failures-- > 0) response.writeHead(500).end();
      else {
        got.push(JSON.parse(text));
        response.end("ok");
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const {port} = server.address() as AddressInfo;
  const clock = new VirtualClock(millis(0));
  const lines: string[] = [];
  const logger = {...silentLogger, log: (_: string, __: string, text: string) => lines.push(text)};
  const webhook = createWebhook(new URL(`http://127.0.0.1:${port}/secret`), {clock, logger});
  t.after(() => webhook.stop());
  const message = {state: "firing", text: "t", node: "n", chain: "c", at: 0} as const;
  webhook.send({...message, alert: "disk-low"});
  webhook.send({...message, alert: "clock-off"});
  while (got.length < 2) {
    clock.advanceTo(millis(clock.now() + 500));
    await new Promise(resolve => setImmediate(resolve));
  }
  assert.deepEqual(
    got.map(({alert}) => alert),
    ["disk-low", "clock-off"],
  );
  assert.equal(lines.length, 2);
  assert.ok(!lines.join().includes("secret"));
});
