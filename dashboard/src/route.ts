import {computed, signal} from "@preact/signals";

/** What stands behind the `#`: `/blocks/120`. A page from one file, so that it works wherever it is served. */
const path = signal(read());
addEventListener("hashchange", () => {
  path.value = read();
});

function read(): string {
  const written = location.hash.replace(/^#/, "") || "/";
  try {
    return decodeURIComponent(written);
  } catch {
    // Whoever wrote this meant no text by it; as it stands it leads where nothing is, and that is said.
    return written;
  }
}

/** What screens were called before 0.3, for who noted an address. */
const FORMER: ReadonlyMap<string, string> = new Map([
  ["act", "submit"],
  ["set", "collators"],
]);

/** The screen's name, empty for the first, and what of it is to be shown. */
export const route = computed(() => {
  const [, name = "", ...rest] = path.value.split("/");
  return {name: FORMER.get(name) ?? name, detail: rest.join("/")};
});

export function goTo(place: string): void {
  location.hash = place;
}
