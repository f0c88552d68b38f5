import assert from "node:assert/strict";
import {test} from "node:test";
import {millis, seededRandom, unwrap, VirtualClock} from "#base";
import {recordedHandlers} from "../test-kit/recorded-handlers.ts";
import type {NotificationSink} from "../transport/notifications.ts";
import type {Transport} from "../transport/transport.ts";
import {createMemoryHub} from "./hub.ts";
import type {DelayRange} from "./weather.ts";

const START = 1_000_000;
/** All promise jobs that are ready have run when a turn of the event loop begins. */
const turn = () => new Promise(resolve => setImmediate(resolve));

/** Two peers on a virtual clock; `b` writes down when each note of one byte arrived. */
async function scene({seed = 1, delay}: {seed?: number; delay?: DelayRange} = {}) {
  const clock = new VirtualClock(millis(START));
  const hub = createMemoryHub({
    clock,
    random: seededRandom(seed),
    ...(delay === undefined ? {} : {delay}),
  });
  const arrivals: [at: number, note: number][] = [];
  const start = async (name: string) => {
    const transport = hub.transport(name);
    const heard = recordedHandlers({
      notifications: [
        {
          names: ["/notes"],
          maxHandshake: 10,
          maxMessage: 10,
          opened: async incoming => {
            const source = incoming.accept(new Uint8Array(0));
            for (let note = await source.next(); note; note = await source.next()) {
              arrivals.push([clock.now() - START, note[0]!]);
            }
          },
        },
      ],
    });
    unwrap(await transport.start(heard));
    return {transport, heard};
  };
  const advance = async (span: number) => {
    for (let left = span; left > 0; left--) {
      clock.advanceTo(millis(clock.now() + 1));
      await turn();
    }
  };
  const during = async <T>(work: Promise<T>): Promise<T> => {
    let done = false;
    const finished = work.finally(() => {
      done = true;
    });
    for (let step = 0; !done && step < 20_000; step++) await advance(1);
    return finished;
  };
  const open = async (from: Transport, to: Transport): Promise<NotificationSink> => {
    unwrap(await during(from.dial(to.addresses()[0]!)));
    const opening = {
      names: ["/notes"],
      handshake: new Uint8Array(0),
      maxHandshake: 9,
      maxMessage: 9,
    };
    return unwrap(await during(from.openNotification(to.peerId, opening)));
  };
  return {
    clock,
    hub,
    arrivals,
    start,
    advance,
    during,
    open,
    a: await start("a"),
    b: await start("b"),
  };
}

/** Ten notes, one each 7 ms, over a bad link. */
async function arrivalsOf(seed: number) {
  const {hub, arrivals, advance, open, a, b} = await scene({seed, delay: {min: 5, max: 80}});
  hub.setLoss(0.3);
  const sink = await open(a.transport, b.transport);
  for (let note = 0; note < 10; note++) {
    assert.ok(sink.send(Uint8Array.of(note)));
    await advance(7);
  }
  await advance(200);
  return arrivals;
}

test("the same seed gives the same delays and losses, another seed others", async () => {
  const first = await arrivalsOf(1);

  assert.deepEqual(await arrivalsOf(1), first);
  assert.notDeepEqual(await arrivalsOf(2), first);
  assert.ok(first.length > 2 && first.length < 10, `${first.length} of 10 arrived`);
  const notes = first.map(([, note]) => note);
  assert.deepEqual(
    notes,
    [...notes].sort((x, y) => x - y),
  );
});

test("nothing arrives before its delay", async () => {
  const {arrivals, advance, open, a, b} = await scene({delay: {min: 40, max: 40}});
  const sink = await open(a.transport, b.transport);
  sink.send(Uint8Array.of(1));

  await advance(39);
  assert.equal(arrivals.length, 0);
  await advance(1);
  assert.equal(arrivals.length, 1);
});

test("bytes are copied: changing a sent buffer changes nothing", async () => {
  const {arrivals, advance, open, a, b} = await scene({delay: {min: 10, max: 10}});
  const sink = await open(a.transport, b.transport);
  const note = Uint8Array.of(1);
  sink.send(note);
  note[0] = 2;

  await advance(10);
  assert.equal(arrivals[0]?.[1], 1);
});

test("a partition that cuts ends connections and fails dials until healed", async () => {
  const {hub, advance, during, open, a, b} = await scene();
  const sink = await open(a.transport, b.transport);

  hub.partition([["a"], ["b"]], "cut");

  assert.equal(await sink.closed, "disconnected");
  assert.deepEqual([a.heard.disconnections, b.heard.disconnections], [["b"], ["a"]]);
  const dialled = await during(a.transport.dial(b.transport.addresses()[0]!));
  assert.equal(dialled.ok ? "ok" : dialled.error.code, "unreachable");

  hub.heal();
  await open(a.transport, b.transport);
  await advance(1);
  assert.equal(b.heard.connections.length, 2);
});

test("a black hole that heals in time delivers late what was sent into it", async () => {
  const {hub, arrivals, advance, during, open, start, a, b} = await scene({
    delay: {min: 3, max: 3},
  });
  const c = await start("c");
  const sink = await open(a.transport, b.transport);

  hub.partition([["a", "c"], ["b"]], "black-hole");
  sink.send(Uint8Array.of(1));
  const dialled = await during(c.transport.dial(b.transport.addresses()[0]!));
  assert.equal(dialled.ok ? "ok" : dialled.error.code, "timeout");
  await advance(1_000);
  assert.deepEqual(arrivals, []);

  hub.heal();
  await advance(3);
  assert.equal(arrivals.length, 1);
  assert.deepEqual(a.heard.disconnections, []);
});

test("a black hole that lasts is noticed by both sides after the keep-alive", async () => {
  const {hub, advance, open, a, b} = await scene();
  await open(a.transport, b.transport);

  hub.partition([["a"]], "black-hole");
  await advance(59_000);
  assert.deepEqual(a.heard.disconnections, []);
  await advance(1_000);

  assert.deepEqual([a.heard.disconnections, b.heard.disconnections], [["b"], ["a"]]);
});

test("a killed peer hears nothing more; others notice at once or by the keep-alive", async () => {
  const {hub, advance, open, start, a, b} = await scene();
  const c = await start("c");
  await open(a.transport, b.transport);
  await open(a.transport, c.transport);

  hub.kill("b");
  await advance(1);
  assert.deepEqual(a.heard.disconnections, ["b"]);
  assert.deepEqual(b.heard.disconnections, []);

  hub.kill("c", "silent");
  await advance(59_000);
  hub.heal();
  assert.deepEqual(a.heard.disconnections, ["b"]);
  await advance(1_000);
  assert.deepEqual(a.heard.disconnections, ["b", "c"]);

  const again = await start("b");
  await open(a.transport, again.transport);
});
