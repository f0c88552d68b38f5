import {useEffect, useRef, useState} from "preact/hooks";
import {Badge} from "./parts/badge.tsx";
import {ClockBadges} from "./parts/clock-badges.tsx";
import {OldNote} from "./parts/old-note.tsx";
import {OtherTools} from "./parts/other-tools.tsx";
import {SearchField} from "./parts/search-field.tsx";
import {route} from "./route.ts";
import {node} from "./rpc/node.ts";
import {SCREENS, type Screen, SEARCH} from "./screens/index.ts";
import {NowScreen} from "./screens/now-screen.tsx";
import {chain} from "./state/chain.ts";
import {silence} from "./state/silence.ts";

export function App() {
  const {name, detail} = route.value;
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
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

function ConnectionBadge() {
  const [tone, words] = CONNECTIONS[node.connection.value];
  return (
    <span role="status">
      <Badge tone={tone}>{words}</Badge>
    </span>
  );
}

const ALL = [...SCREENS, SEARCH];

function Shown({name, detail}: {name: string; detail: string}) {
  const [loaded, setLoaded] = useState<
    {name: string; screen: Screen} | {name: string; failure: string}
  >();
  useEffect(() => {
    if (name === "") return;
    const entry = ALL.find(each => each.name === name);
    let isWanted = true;
    entry?.load().then(
      screen => isWanted && setLoaded({name, screen}),
      error => isWanted && setLoaded({name, failure: String(error)}),
    );
    return () => {
      isWanted = false;
    };
  }, [name]);
  if (name === "") return <NowScreen />;
  if (!ALL.some(each => each.name === name)) {
    return (
      <p class="note">
        There is nothing here. <a href="#/">To the first screen</a>
      </p>
    );
  }
  if (loaded?.name !== name) return <p class="soft">Loading …</p>;
  if ("failure" in loaded)
    return <p class="note bad">This screen did not load: {loaded.failure}</p>;
  return <loaded.screen detail={detail} />;
}
