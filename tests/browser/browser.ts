import {type Browser, chromium} from "playwright-core";

/** Nothing that this browser does on its own account leaves the machine. */
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Debian's Chromium without a window, with a profile of its own in a folder that goes with it. It is the build that never
 * has one: the other draws its own bars and menus, in pages of their own, for nobody, and takes twice the processor's time.
 */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({executablePath: "/usr/bin/chromium-headless-shell", args: QUIET});
