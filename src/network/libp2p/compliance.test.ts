import "../../polyfills.ts";
import {randomBytes} from "node:crypto";
import {silentLogger} from "#base";
import {realClock} from "../test-kit/real-clock.ts";
import {describeTransport} from "../transport/compliance.ts";
import {createLibp2pTransport} from "./create-libp2p-transport.ts";

const create = (listen: string) =>
  createLibp2pTransport({
    nodeKey: randomBytes(32),
    listen: [listen],
    agentVersion: "test/1.0 (compliance)",
    clock: realClock,
    logger: silentLogger,
    random: Math.random,
    limits: {maxPerHostPerSecond: 1_000},
  });

/** Port 9 is discard, which nothing here serves. */
const NOBODY = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";

describeTransport("libp2p over TCP", {
  transport: () => create("/ip4/127.0.0.1/tcp/0"),
  nowhere: `/ip4/127.0.0.1/tcp/9/p2p/${NOBODY}`,
});

describeTransport("libp2p over WebSocket", {
  transport: () => create("/ip4/127.0.0.1/tcp/0/ws"),
  nowhere: `/ip4/127.0.0.1/tcp/9/ws/p2p/${NOBODY}`,
});
