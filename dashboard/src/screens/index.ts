import type {ComponentType} from "preact";
import {NowScreen} from "./now-screen.tsx";

export interface ScreenProps {
  /** What follows the screen's name in the address. */
  readonly detail: string;
}

export type Screen = ComponentType<ScreenProps>;

export interface ScreenEntry {
  readonly name: string;
  readonly title: string;
  /** Its code comes once the first screen stands, or when it is gone to: the first screen waits for nothing of it. */
  readonly load: () => Promise<Screen>;
}

/** In the order of the questions that people have. */
export const SCREENS: readonly ScreenEntry[] = [
  {name: "", title: "Now", load: async () => NowScreen},
  {
    name: "collators",
    title: "Collators",
    load: async () => (await import("./collators-screen.tsx")).CollatorsScreen,
  },
  {
    name: "trends",
    title: "Trends",
    load: async () => (await import("./trends-screen.tsx")).TrendsScreen,
  },
  {
    name: "accounts",
    title: "Accounts",
    load: async () => (await import("./accounts-screen.tsx")).AccountsScreen,
  },
  {
    name: "blocks",
    title: "Blocks",
    load: async () => (await import("./blocks-screen.tsx")).BlocksScreen,
  },
  {
    name: "events",
    title: "Events",
    load: async () => (await import("./events-screen.tsx")).EventsScreen,
  },
  {
    name: "transactions",
    title: "Transactions",
    load: async () => (await import("./transactions-screen.tsx")).TransactionsScreen,
  },
  {
    name: "peers",
    title: "Peers",
    load: async () => (await import("./peers-screen.tsx")).PeersScreen,
  },
  {
    name: "state",
    title: "State",
    load: async () => (await import("./state-screen.tsx")).StateScreen,
  },
  {name: "node", title: "Node", load: async () => (await import("./node-screen.tsx")).NodeScreen},
  {
    name: "submit",
    title: "Submit",
    load: async () => (await import("./submit-screen.tsx")).SubmitScreen,
  },
];

/** What is gone to by the field above everything, and stands in no row of screens. */
export const SEARCH: ScreenEntry = {
  name: "search",
  title: "Search",
  load: async () => (await import("./search-screen.tsx")).SearchScreen,
};
