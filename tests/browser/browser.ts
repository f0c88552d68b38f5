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

/** Debian's Chromium without a window, with a profile of its own in a folder that goes with it. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({executablePath: "/usr/bin/chromium", args: QUIET});
