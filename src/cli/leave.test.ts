import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {test} from "node:test";

const SIZE = 4_000_000;

test("a command that has stopped all it began ends at once, and what it wrote is out", async () => {
  const script = `
    import {leave} from ${JSON.stringify(new URL("leave.ts", import.meta.url).href)};
    setTimeout(() => process.stdout.write("late"), 20_000);
    process.stdout.write("x".repeat(${SIZE}));
    await leave(3);
  `;
  const args = [...process.execArgv, "--input-type=module", "--eval", script];
  const child = spawn(process.execPath, args, {stdio: ["ignore", "pipe", "inherit"]});
  let written = "";
  child.stdout.setEncoding("utf8");
  // Read late: more than a pipe holds has to wait for its reader.
  await new Promise(resolve => setTimeout(resolve, 500));
  for await (const chunk of child.stdout) written += chunk;
  const code = child.exitCode ?? (await new Promise(resolve => child.once("exit", resolve)));
  assert.equal(code, 3);
  assert.equal(written.length, SIZE);
  assert.ok(!written.includes("late"));
});
