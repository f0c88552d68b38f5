/**
 * What this node tells a substrate-telemetry server, if its operator wants that: who it is, each new best and final
 * block, peers and transactions every few seconds. The protocol is JSON over a WebSocket; nothing comes back. What does
 * not get through is dropped, and a server that is not there is tried ever more seldom.
 *
 * Out of scope: figures that somebody fetches (`metrics`), and anything of whoever sends transactions.
 */
export {parseTelemetryEndpoint, Telemetry, type TelemetryEndpoint} from "./telemetry.ts";
