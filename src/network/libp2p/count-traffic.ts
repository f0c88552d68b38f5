import type {Metrics, MultiaddrConnection} from "@libp2p/interface";
import type {Traffic} from "../transport/transport.ts";

/** Numbers of libp2p's own are of no use to a board that knows Substrate's: nobody reads them. */
const UNREAD = {
  update() {},
  increment() {},
  decrement() {},
  reset() {},
  observe() {},
  timer: () => () => {},
};
const unread = () => UNREAD;

/**
 * Counts the bytes of all connections as they are on the wire, encrypted and with their frames. libp2p shows a connection
 * below its encryption to its metrics and to nobody else, so that these pose as such.
 */
export function countTraffic(traffic: {-readonly [Way in keyof Traffic]: number}): () => Metrics {
  const metrics = {
    trackMultiaddrConnection(connection: MultiaddrConnection) {
      connection.addEventListener("message", ({data}) => {
        traffic.in += data.byteLength;
      });
      const send = connection.send.bind(connection);
      connection.send = data => {
        traffic.out += data.byteLength;
        return send(data);
      };
    },
    trackProtocolStream() {},
    registerMetric: unread,
    registerMetricGroup: unread,
    registerCounter: unread,
    registerCounterGroup: unread,
    registerHistogram: unread,
    registerHistogramGroup: unread,
    registerSummary: unread,
    registerSummaryGroup: unread,
    traceFunction: <Traced>(_: string, traced: Traced) => traced,
    createTrace() {},
  };
  return () => metrics as unknown as Metrics;
}
