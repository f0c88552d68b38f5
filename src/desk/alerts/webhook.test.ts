import assert from "node:assert/strict";
import {once} from "node:events";
import {createServer, type IncomingMessage} from "node:http";
import type {AddressInfo} from "node:net";
import {type TestContext, test} from "node:test";
import {millis, silentLogger, VirtualClock} from "#base";
import {type AlertMessage, createWebhook} from "./webhook.ts";

const MESSAGE = {state: "firing", text: "t", node: "n", chain: "c", at: 0} as const;

interface Reply {
  readonly status: number;
  readonly location?: string;
}

/** A server on a free port that answers as `reply` says, and what it was asked. */
async function serve(t: TestContext, reply: (request: IncomingMessage) => Reply) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      asked.push(request);
      const {status, location} = reply(request);
      response.writeHead(status, location === undefined ? {} : {location}).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  return {asked, address: `127.0.0.1:${(server.address() as AddressInfo).port}`};
}

/** Sends one message there, until `isDone`; what was logged. */
async function send(t: TestContext, url: string, isDone: (lines: string[]) => boolean) {
  const clock = new VirtualClock(millis(0));
  const lines: string[] = [];
  const logger = {
    ...silentLogger,
    log: (_: string, __: string, text: string, fields?: object) =>
      lines.push(`${text} ${JSON.stringify(fields ?? {})}`),
  };
  const webhook = createWebhook(new URL(url), {clock, wallClock: clock, logger});
  t.after(() => webhook.stop());
  webhook.send({...MESSAGE, alert: "disk-low"});
  while (!isDone(lines)) await new Promise(resolve => setImmediate(resolve));
  return lines;
}

test("user and password of the address are sent as a header, and shown nowhere", async t => {
  let status = 500;
  const {asked, address} = await serve(t, () => ({status}));
  const url = `http://us%40er:pa%3Ass@${address}/hook`;
  const lines = await send(t, url, all => all.length > 0);
  assert.equal(asked[0]!.url, "/hook");
  const pair = Buffer.from("us@er:pa:ss").toString("base64");
  assert.equal(asked[0]!.headers.authorization, `Basic ${pair}`);
  assert.match(lines[0]!, /status 500/);
  assert.doesNotMatch(lines.join(), /us%40er|us@er|pa%3Ass|pa:ss|\/hook/);
  status = 200;
});

test("a redirect is followed within the server that was named, with the message and the password", async t => {
  const {asked, address} = await serve(t, ({url}) =>
    url === "/old" ? {status: 308, location: "/new"} : {status: 200},
  );
  await send(t, `http://a:b@${address}/old`, () => asked.length > 1);
  assert.deepEqual(
    asked.map(({method, url, headers}) => [method, url, headers.authorization]),
    [
      ["POST", "/old", "Basic YTpi"],
      ["POST", "/new", "Basic YTpi"],
    ],
  );
});

test("a redirect to another port or in a circle is not followed, and is said", async t => {
  const other = await serve(t, () => ({status: 200}));
  const {address} = await serve(t, () => ({status: 302, location: `http://${other.address}/x`}));
  const [line] = await send(t, `http://a:b@${address}/`, all => all.length > 0);
  assert.match(line!, /redirects \(status 302\) to another server, which is not followed/);
  assert.equal(other.asked.length, 0);
  const circle = await serve(t, () => ({status: 307, location: "/"}));
  const [said] = await send(t, `http://${circle.address}/`, all => all.length > 0);
  assert.match(said!, /redirects in a circle/);
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
  const webhook = createWebhook(new URL(`http://127.0.0.1:${port}/secret`), {
    clock,
    wallClock: clock,
    logger,
  });
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

test("the last delivery is told with its time and answer, and of the address only the host", async t => {
  let status = 500;
  const {address} = await serve(t, () => ({status}));
  const clock = new VirtualClock(millis(7_000));
  const webhook = createWebhook(new URL(`http://us:pa@${address}/secret?key=1`), {
    clock,
    wallClock: clock,
    logger: silentLogger,
  });
  t.after(() => webhook.stop());
  const delivery = () => webhook.delivery;
  assert.deepEqual(delivery(), {host: address, waiting: 0, last: undefined});
  webhook.send({...MESSAGE, alert: "disk-low"});
  const until = async (isTaken: boolean) => {
    while (delivery().last?.isTaken !== isTaken) {
      clock.advanceTo(millis(clock.now() + 500));
      await new Promise(resolve => setImmediate(resolve));
    }
  };
  await until(false);
  assert.equal(delivery().last?.answer, "status 500");
  assert.equal(delivery().waiting, 1);
  status = 204;
  await until(true);
  const {last, ...rest} = delivery();
  const {at, ...tried} = last!;
  assert.ok(at > 7_000);
  assert.deepEqual(tried, {
    alert: "disk-low",
    state: "firing",
    isTaken: true,
    answer: "status 204",
  });
  assert.equal(rest.host, address);
  assert.doesNotMatch(JSON.stringify(delivery()), /secret|us:|pa@|key/);
});
