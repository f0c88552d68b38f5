import {realClock} from "../test-kit/real-clock.ts";
import {describeTransport} from "../transport/compliance.ts";
import {createMemoryHub} from "./hub.ts";

const hub = createMemoryHub({clock: realClock, random: () => 0});
let count = 0;

describeTransport("in-memory", {
  transport: async () => hub.transport(`peer${++count}`),
  nowhere: "/memory/nobody/p2p/nobody",
});
