import {randomBytes} from "node:crypto";
import {askTimeServer, parseTimeServer, steadyClock, systemClock} from "#core";
import {type Finding, levelOf} from "./finding.ts";
import type {Patient} from "./patient.ts";

/** Blocks are dated by the clock; a second is what others let pass before they set a block aside. */
const BAD = 1_000;
const WARN = 250;
const SET_IT = "run a time service (systemd-timesyncd, chrony), and see that it has synchronised";

/** The clock, against other nodes' blocks and against a time server. */
export async function checkClock({status, values}: Patient): Promise<Finding[]> {
  const findings: Finding[] = [];
  const offset = status?.clock.offset;
  if (status !== undefined) {
    findings.push(
      offset === undefined
        ? {check: "clock", level: "ok", what: "the node has no others' blocks to compare with yet"}
        : found("clock", offset, "by others' blocks"),
    );
  }
  const host = values.one("ntp-server");
  if (host === undefined) {
    if (offset === undefined) {
      findings.push({
        check: "clock",
        level: "warn",
        what: "compared with nothing",
        todo: "name a time server: --ntp-server pool.ntp.org",
      });
    }
    return findings;
  }
  const server = parseTimeServer(host);
  if (server === undefined) {
    const what = `${host} is no time server's address`;
    return [...findings, {check: "time server", level: "bad", what, todo: "HOST, or HOST:PORT"}];
  }
  const answer = await askTimeServer(server, {
    clock: steadyClock,
    wallClock: systemClock,
    randomBytes: length => new Uint8Array(randomBytes(length)),
  });
  findings.push(
    answer.ok
      ? found("time server", answer.value, `by ${host}`)
      : {
          check: "time server",
          level: "warn",
          what: `${host} does not answer: ${answer.error}`,
          todo: "name another one, or let UDP port 123 out",
        },
  );
  return findings;
}

function found(check: string, offset: number, by: string): Finding {
  const rounded = Math.round(offset);
  const level = levelOf(Math.abs(rounded), WARN, BAD);
  const what = `${Math.abs(rounded)} ms ${rounded < 0 ? "behind" : "ahead"}, ${by}`;
  return level === "ok" ? {check, level, what} : {check, level, what, todo: SET_IT};
}
