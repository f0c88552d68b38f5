import assert from "node:assert/strict";
import {test} from "node:test";
import {Guest, hostOf} from "../test-kit/guest.ts";

test("a runtime that would trace is told that nobody listens, and may try all the same", () => {
  Guest.run(hostOf(), guest => {
    const span = Uint8Array.of(0);
    assert.equal(guest.call("wasm_tracing_enabled_version_1", span), 0);
    assert.equal(guest.call("wasm_tracing_enter_span_version_1", span), 0n);
    assert.equal(guest.call("wasm_tracing_event_version_1", span), undefined);
    assert.equal(guest.call("wasm_tracing_exit_version_1", 0n), undefined);
  });
});
