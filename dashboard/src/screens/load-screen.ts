import {SCREENS, type Screen, type ScreenEntry, SEARCH} from "./index.ts";

const ALL = [...SCREENS, SEARCH];

/** Undefined of a name that no screen has. */
export const screenEntry = (name: string): ScreenEntry | undefined =>
  ALL.find(each => each.name === name);

const loaded = new Map<string, Screen>();

/** One that has come stays, whether the node that has it is reached or not. */
export const loadedScreen = (name: string): Screen | undefined => loaded.get(name);

export async function loadScreen({name, load}: ScreenEntry): Promise<Screen> {
  const screen = loaded.get(name) ?? (await load());
  loaded.set(name, screen);
  return screen;
}

let isBegun = false;

/**
 * Fetches all screens, one after the other, once the first one stands: when the node is away, they have to be here. Whoever
 * goes to one that did not come waits for it there.
 */
export async function preloadScreens(): Promise<void> {
  if (isBegun) return;
  isBegun = true;
  for (const entry of ALL) await loadScreen(entry).catch(() => undefined);
}
