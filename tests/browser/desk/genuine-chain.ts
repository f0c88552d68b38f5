import {readdirSync} from "node:fs";
import {join} from "node:path";
import type {Page} from "playwright-core";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {rpc} from "../../support/rpc.ts";

/** Chain specs whose files' names end like this, where KHALA_GENUINE names a folder that has them; says so where not. */
export function genuineSpecs(...ends: readonly string[]): readonly string[] {
  const folder = process.env.KHALA_GENUINE;
  const names =
    folder === undefined ? [] : readdirSync(folder, {recursive: true, encoding: "utf8"}).sort();
  const found = ends.flatMap(end => names.find(name => name.endsWith(end)) ?? []);
  if (found.length === 0) {
    process.stdout.write(`KHALA_GENUINE names no folder with ${ends.join(" or ")}\n`);
  }
  return found.map(name => join(folder!, name));
}

/** A rehearsal of a genuine chain on one node, which makes a block when there is something for it. */
export const startGenuine = (file: string): Promise<KhalaProcess> =>
  startKhala([
    "dev",
    `--chain=${file}`,
    "--rpc-port=0",
    "--no-prometheus",
    "--listen-addr=none",
    "--seal=instant",
  ]);

/** A call of root's, however the chain has it. */
export async function asRoot(url: string, call: string, args: object): Promise<void> {
  const {error} = await rpc<{error: string | null}>(url, "dev_dispatch", [
    {origin: "root", call: {call, args}},
  ]);
  if (error !== null) throw new Error(`${call}: ${error}`);
}

/** Signs, reads what would happen, sends, and waits until it is final. */
export async function act(page: Page, button: string, call: string): Promise<void> {
  await page.getByRole("button", {name: button, exact: true}).click();
  const preview = page.getByRole("region", {name: "Before it is sent"});
  await preview.getByText(/^.*Tried out on the best block, it (works|is taken)\./).waitFor();
  await preview.getByText(call).waitFor();
  await preview.getByRole("button", {name: "Send", exact: true}).click();
  await page.getByText(`${call} is final.`).last().waitFor();
}
