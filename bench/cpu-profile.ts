/** Profiles as V8 writes them (`node --cpu-prof`), one a thread: which source was running how long. */
import {readdirSync, readFileSync} from "node:fs";
import {SourceMap} from "node:module";
import {join} from "node:path";
import {fileURLToPath} from "node:url";

/** A function on the stack: its name, and the source it was written in, as `src/pool/judge.ts` or `ws/lib/sender.js`. */
export interface Frame {
  readonly name: string;
  readonly source: string;
}

/** Of one thread: how long each stack was seen, innermost frame first. Microseconds. */
export interface ThreadProfile {
  readonly isMain: boolean;
  readonly stacks: readonly {readonly frames: readonly Frame[]; readonly micros: number}[];
}

/** Times of the monotonic clock that the profiler goes by, in microseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const monotonicMicros = (): number => Number(process.hrtime.bigint() / 1_000n);

interface ProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly children?: readonly number[];
}

interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** `CPU.DATE.TIME.PID.THREAD.NUMBER.cpuprofile`; the main thread is 0. */
const FILE = /^CPU\.\d+\.\d+\.\d+\.(\d+)\.\d+\.cpuprofile$/;

/** All profiles in a folder, of what was seen within the span. */
export function readProfiles(folder: string, span: Span): ThreadProfile[] {
  const sources = new Sources();
  return readdirSync(folder).flatMap(file => {
    const thread = FILE.exec(file)?.[1];
    if (thread === undefined) return [];
    const profile: Profile = JSON.parse(readFileSync(join(folder, file), "utf8"));
    return [{isMain: thread === "0", stacks: stacksOf(profile, span, sources)}];
  });
}

function stacksOf(
  {nodes, samples, timeDeltas, startTime}: Profile,
  {from, to}: Span,
  sources: Sources,
): ThreadProfile["stacks"] {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const parents = new Map<number, number>();
  for (const {id, children = []} of nodes) for (const child of children) parents.set(child, id);
  const seen = new Map<number, number>();
  let now = startTime;
  for (const [i, id] of samples.entries()) {
    const delta = timeDeltas[i]!;
    now += delta;
    if (now >= from && now <= to) seen.set(id, (seen.get(id) ?? 0) + delta);
  }
  return [...seen].map(([id, micros]) => {
    const frames: Frame[] = [];
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const {callFrame} = byId.get(at)!;
      frames.push({name: callFrame.functionName, source: sources.of(callFrame)});
    }
    return {frames, micros};
  });
}

/** From places in the bundle to the files that it was made of. */
class Sources {
  readonly #maps = new Map<string, SourceMap>();
  readonly #known = new Map<string, string>();

  of({url, lineNumber, columnNumber}: ProfileNode["callFrame"]): string {
    if (!url.startsWith("file:")) return url;
    const place = `${url}:${lineNumber}:${columnNumber}`;
    let source = this.#known.get(place);
    if (source === undefined) {
      const {originalSource} = this.#map(url)?.findEntry(lineNumber, columnNumber) ?? {};
      source = (originalSource ?? url).replace(/^.*?((?:node_modules\/)|(?:(?=src\/)))/, "");
      this.#known.set(place, source);
    }
    return source;
  }

  /** Packages outside of the bundle have none. */
  #map(url: string): SourceMap | undefined {
    if (!url.includes("/dist/")) return undefined;
    let map = this.#maps.get(url);
    if (map === undefined) {
      map = new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(url)}.map`, "utf8")));
      this.#maps.set(url, map);
    }
    return map;
  }
}
