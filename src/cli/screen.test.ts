import assert from "node:assert/strict";
import {test} from "node:test";
import type {Line, Tone} from "./key/terminal.ts";
import {drawnOver, isColoured, tell, tellAgain, toned} from "./screen.ts";

test("colours are for a screen that has them, and for nobody who does not want them", () => {
  assert.equal(isColoured(true, {TERM: "xterm"}), true);
  assert.equal(isColoured(true, {TERM: "xterm", NO_COLOR: ""}), true);
  assert.equal(isColoured(true, {TERM: "xterm", NO_COLOR: "1"}), false);
  assert.equal(isColoured(true, {TERM: "dumb"}), false);
  assert.equal(isColoured(false, {TERM: "xterm"}), false);
  assert.equal(toned("well", "good", true), "\x1b[32mwell\x1b[0m");
  assert.equal(toned("well", "good", false), "well");
  assert.equal(toned("well", undefined, true), "well");
});

test("lines are drawn over the ones before, and what was longer or below goes", () => {
  const screen = {rows: 4, columns: 10};
  assert.equal(drawnOver(["a", "b"], screen, true), "\x1b[2J\x1b[Ha\x1b[K\nb\x1b[K\n\x1b[J");
  assert.equal(drawnOver(["a"], screen, false), "\x1b[Ha\x1b[K\n\x1b[J");
  assert.equal(drawnOver(["a", "b", "c", "d"], screen, false), undefined);
  assert.equal(drawnOver(["a".repeat(21), "b"], screen, false), undefined);
});

test("where there is no screen, facts that are told again stand below the ones before", () => {
  const told: [string, Tone | undefined][] = [];
  const terminal = {
    stdout: (line: string, tone?: Tone) => void told.push([line, tone]),
    stderr: () => undefined,
    raw: () => undefined,
    readBytes: async () => new Uint8Array(),
    readStdin: async () => "",
  };
  const lines: Line[] = [{text: "All is well", tone: "good"}, "  head  12"];
  tell(terminal, lines);
  tellAgain({...terminal, redraw: () => false}, lines);
  tellAgain({...terminal, redraw: () => true}, lines);
  assert.deepEqual(told, [
    ["All is well", "good"],
    ["  head  12", undefined],
    ["All is well", "good"],
    ["  head  12", undefined],
    ["", undefined],
  ]);
});
