import assert from "node:assert/strict";
import {test} from "node:test";
import {parseTimeServer, timeServerToText} from "./time-server.ts";

test("a time server is a host, with a port where that is another one", () => {
  for (const text of ["pool.ntp.org", "10.0.0.1:1230"]) {
    assert.equal(timeServerToText(parseTimeServer(text)!), text);
  }
  assert.deepEqual(parseTimeServer("[::1]:123"), {host: "::1", port: 123});
  for (const text of ["", "bad host", "a:b", "a:0", "a:70000", "udp://a", "a:1:2"]) {
    assert.equal(parseTimeServer(text), undefined, text);
  }
});
