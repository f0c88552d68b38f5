import {useEffect, useRef, useState} from "preact/hooks";
import {Badge} from "./parts/badge.tsx";
import {ClockBadges} from "./parts/clock-badges.tsx";
import {OldNote} from "./parts/old-note.tsx";
import {OtherTools} from "./parts/other-tools.tsx";
import {SearchField} from "./parts/search-field.tsx";
import {route} from "./route.ts";
import {node} from "./rpc/node.ts";
import {SCREENS} from "./screens/index.ts";
import {loadedScreen, loadScreen, preloadScreens, screenEntry} from "./screens/load-screen.ts";
import {NowScreen} from "./screens/now-screen.tsx";
import {chain} from "./state/chain.ts";
import {nodeName} from "./state/node-name.ts";
import {shownVerdict} from "./state/shown-verdict.ts";
import {silence} from "./state/silence.ts";

/** By then the first screen has fetched what it shows, in ms: the others do not get in its way. */
const SETTLED_AFTER = 3_000;

export function App() {
  const {name, detail} = route.value;
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  const isThere = shownVerdict.value !== undefined;
  useEffect(() => {
    if (!isThere) return;
    const later = setTimeout(() => void preloadScreens(), SETTLED_AFTER);
    return () => clearTimeout(later);
  }, [isThere]);
  useEffect(() => {
    // Who reads with the keyboard or by ear goes on where the new screen begins.
    if (!isFirst.current) main.current?.focus();
    isFirst.current = false;
    document
      .querySelector("nav [aria-current]")
      ?.scrollIntoView({inline: "center", block: "nearest"});
    scrollTo(0, 0);
  }, [name]);
  return (
    <>
      <a class="skip" href={`#/${name}`} onClick={() => main.current?.focus()}>
        To the content
      </a>
      <Top name={name} />
      <main ref={main} tabIndex={-1} class={silence.value === undefined ? undefined : "old"}>
        {/* The first screen's verdict says it itself. */}
        {name !== "" && <OldNote />}
        <Shown name={name} detail={detail} />
      </main>
      <OtherTools />
    </>
  );
}

function Top({name}: {name: string}) {
  const facts = chain.value;
  return (
    <header class="top">
      <div class="top-row">
        <span class="brand">khala</span>
        <span>{facts?.name}</span>
        <span class="soft nowrap">{nodeName.value}</span>
        <SearchField />
        <span class="at-end badges">
          <ClockBadges />
          <ConnectionBadge />
        </span>
      </div>
      <nav aria-label="Screens">
        <ul>
          {SCREENS.map(screen => (
            <li key={screen.name}>
              <a href={`#/${screen.name}`} aria-current={screen.name === name ? "page" : undefined}>
                {screen.title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

const CONNECTIONS = {
  open: ["good", "live"],
  connecting: ["waiting", "connecting"],
  lost: ["bad", "node not reached"],
  paused: ["quiet", "paused"],
} as const;

/** The connection is open, and it is not well. */
const UNEASY = {
  quiet: ["bad", "nothing heard"],
  late: ["waiting", "answers late"],
} as const;

function ConnectionBadge() {
  const kind = silence.value?.kind;
  const [tone, words] =
    kind === "quiet" || kind === "late" ? UNEASY[kind] : CONNECTIONS[node.connection.value];
  return (
    <span role="status">
      <Badge tone={tone}>{words}</Badge>
    </span>
  );
}

/** So often a screen that did not come is fetched again, in ms. */
const FETCHED_EACH = 2_000;

function Shown({name, detail}: {name: string; detail: string}) {
  const [isFailed, setFailed] = useState(false);
  // Counted: the screen that the page was opened with is no other name than before, and has to be drawn all the same.
  const [, setCame] = useState(0);
  const entry = screenEntry(name);
  useEffect(() => {
    if (entry === undefined) return;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let isWanted = true;
    const fetch = () => {
      loadScreen(entry).then(
        () => {
          if (!isWanted) return;
          setFailed(false);
          setCame(count => count + 1);
        },
        () => {
          if (!isWanted) return;
          setFailed(true);
          waiting = setTimeout(fetch, FETCHED_EACH);
        },
      );
    };
    setFailed(false);
    fetch();
    return () => {
      isWanted = false;
      clearTimeout(waiting);
    };
  }, [name]);
  if (name === "") return <NowScreen />;
  if (entry === undefined) {
    return (
      <p class="note">
        There is nothing here. <a href="#/">To the first screen</a>
      </p>
    );
  }
  const Loaded = loadedScreen(name);
  if (Loaded !== undefined) return <Loaded detail={detail} />;
  return isFailed ? <NotHere /> : <p class="soft">Loading …</p>;
}

/** Some browsers fetch nothing again that did not come once, and a node of another version has other screens. */
function NotHere() {
  return (
    <p class="note bad">
      This screen has not come from the node yet: it is fetched again until it does.{" "}
      <button type="button" onClick={() => location.reload()}>
        Load the page again
      </button>
    </p>
  );
}
