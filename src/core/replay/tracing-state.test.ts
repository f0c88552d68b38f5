import assert from "node:assert/strict";
import {test} from "node:test";
import {Overlay} from "#state";
import {externalitiesCompliance} from "../../state/externalities-compliance.ts";
import {stateOf} from "../../state/model-for-tests.ts";
import {TracingState} from "./tracing-state.ts";

externalitiesCompliance("a state whose accesses are noted", async base => ({
  state: new TracingState(new Overlay(stateOf(base))),
}));

test("accesses are noted with what was found, for the part of the execution under way", () => {
  const one = Uint8Array.of(1);
  const state = new TracingState(new Overlay(stateOf({top: [["a", one]], children: []})));
  state.get("a");
  state.span = 3;
  state.set("b", one);
  assert.deepEqual(state.accesses, [
    {method: "Get", key: "a", value: one, span: 0},
    {method: "Put", key: "b", value: one, span: 3},
  ]);
});
