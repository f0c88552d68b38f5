import assert from "node:assert/strict";
import {mkdirSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import axe from "axe-core";
import type {Browser, BrowserContextOptions, Page} from "playwright-core";

/** Where pictures of the screens are put, to be looked at. */
const PICTURES = fileURLToPath(new URL("../artefacts/", import.meta.url));

/** Each screen by its name in the address. */
export const SCREENS = [
  "",
  "collators",
  "trends",
  "accounts",
  "blocks",
  "events",
  "transactions",
  "peers",
  "state",
  "node",
  "submit",
] as const;

export const PHONE = {width: 390, height: 844};
export const DESK = {width: 1440, height: 900};

/**
 * Milliseconds that anything on a page may take to come about: many times what it does where nobody else wants the processor,
 * and longer than finality needs to count as standing still.
 */
export const PATIENCE = 120_000;

/** The dashboard of a node, in a tab of its own. */
export interface Desk {
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: readonly string[];
  goTo(screen: string): Promise<void>;
  /** Waits for the verdict and answers its sentence. */
  verdict(code: string): Promise<string>;
  close(): Promise<void>;
}

/** Opens the page that a node shows where its JSON-RPC is, once it is prepared. */
export async function openDesk(
  browser: Browser,
  node: string,
  options: BrowserContextOptions = {viewport: DESK},
  prepare: (page: Page) => Promise<void> = async () => undefined,
): Promise<Desk> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", error => complaints.push(String(error)));
  page.on("console", line => line.type() === "error" && complaints.push(line.text()));
  const home = new URL(node.replace("ws:", "http:"));
  page.on("request", request => {
    const asked = new URL(request.url());
    if (asked.host !== home.host) complaints.push(`asked elsewhere: ${asked}`);
  });
  await prepare(page);
  await page.goto(home.href);
  return {
    page,
    complaints,
    async goTo(screen) {
      await page.evaluate(hash => {
        location.hash = hash;
      }, `#/${screen}`);
      await page.locator("main > *").first().waitFor();
      await page
        .getByText(/^(Loading|Asking) /)
        .first()
        .waitFor({state: "detached"});
    },
    async verdict(code) {
      const shown = page.locator(`[data-verdict="${code}"] h1`);
      await shown.waitFor();
      return (await shown.textContent())!;
    },
    close: () => context.close(),
  };
}

export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, {recursive: true});
  await page.screenshot({path: join(PICTURES, `${name}.png`), fullPage: true});
}

/** Faults that keep somebody out, by axe's rules; none, or the test fails with what and where. */
export async function assertAccessible(page: Page, where: string): Promise<void> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const {violations} = await (globalThis as unknown as {axe: typeof axe}).axe.run(document);
    return violations
      .filter(({impact}) => impact === "serious" || impact === "critical")
      .map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html.slice(0, 160)).join(" | ")}`);
  });
  assert.deepEqual(found, [], where);
}
