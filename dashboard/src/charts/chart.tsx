import {useEffect, useRef} from "preact/hooks";
import UPlot from "uplot";
import {clockText, timeText} from "../text/time.ts";
import {colour, isDark} from "./theme.ts";
import {markText, TIME_STEPS} from "./time-axis.ts";
import {tooltip} from "./tooltip.ts";

export type ChartData = readonly (readonly (number | null)[])[];

export interface Series {
  readonly label: string;
  readonly colour: "chart-one" | "chart-two" | "soft" | "line-strong";
  readonly kind?: "line" | "bars" | "dashed" | "edge" | "steps";
  readonly scale?: "y" | "part";
  /** There is no half of it: the axis does not show one. */
  readonly unit?: "whole";
  /** `index`: of the point, where a series is drawn on another and its own value is a part of what is drawn. */
  readonly text?: (value: number, index: number) => string;
  /** What the legend says where nobody points at anything: the newest, unless this is known. */
  readonly total?: string;
}

interface ChartProps {
  /** The same in words, for who cannot see it. */
  readonly label: string;
  readonly data: ChartData;
  readonly series: readonly Series[];
  /** Which two series enclose what luck allows. */
  readonly band?: readonly [number, number] | undefined;
  readonly x: "number" | "time";
  /** What the axis of time spans, in seconds since 1970; what there is data of, unless said. */
  readonly within?: readonly [number, number] | undefined;
  readonly height?: number;
}

/** A chart of things over time, or over blocks. Its meaning stands beside it in a sentence. */
export function Chart({label, data, series, band, x, within, height = 190}: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | undefined>(undefined);
  // What the legend says is asked for at each move of the pointer, of what is drawn then.
  const drawing = useRef({series, within});
  drawing.current = {series, within};
  const theme = isDark.value;
  // A legend's words are written once for each drawing.
  const labels = series.map(each => each.label).join("\n");
  useEffect(() => {
    const element = place.current!;
    const drawn = new UPlot(
      optionsFor({series, band, x, drawing}, element.clientWidth, height),
      data as UPlot.AlignedData,
      element,
    );
    plot.current = drawn;
    const watch = new ResizeObserver(() => drawn.setSize({width: element.clientWidth, height}));
    watch.observe(element);
    return () => {
      watch.disconnect();
      drawn.destroy();
    };
  }, [theme, labels]);
  useEffect(
    () => plot.current?.setData(data as UPlot.AlignedData),
    [data, within?.[0], within?.[1]],
  );
  return <div ref={place} class="chart" role="img" aria-label={label} />;
}

interface Drawn extends Pick<ChartProps, "series" | "band" | "x"> {
  readonly drawing: {readonly current: Pick<ChartProps, "series" | "within">};
}

function optionsFor(
  {series, band, x, drawing}: Drawn,
  width: number,
  height: number,
): UPlot.Options {
  const axis = {
    stroke: colour("soft"),
    font: "11px system-ui, sans-serif",
    grid: {stroke: colour("line"), width: 1},
    ticks: {stroke: colour("line"), width: 1, size: 4},
  };
  const isWhole = series.every(({unit}) => unit === "whole");
  const hasPart = series.some(({scale}) => scale === "part");
  return {
    width,
    height,
    cursor: {y: false, points: {size: 6}},
    plugins: [tooltip((plot, index) => linesAt(plot, index, x, drawing.current.series))],
    scales: {
      x: {
        time: x === "time",
        range: (_, low, high) => {
          const {within} = drawing.current;
          return within === undefined ? [low, high] : [...within];
        },
      },
      y: {range: (_, low, high) => [Math.min(0, low), topOf(high, isWhole) * 1.08]},
      ...(hasPart ? {part: {range: partRange}} : {}),
    },
    axes: [
      x === "number"
        ? {...axis, incrs: WHOLE}
        : {
            ...axis,
            incrs: TIME_STEPS,
            values: (_: UPlot, times: number[], __: number, ___: number, distance: number) =>
              times.map(at => markText(at, distance)),
          },
      {
        ...axis,
        size: (_, texts) => widthOf(texts),
        values: (_, values) => values.map(each => String(Number(each.toPrecision(4)))),
        ...(isWhole ? {incrs: WHOLE} : {}),
      },
      ...(hasPart
        ? [
            {
              ...axis,
              scale: "part",
              side: 1 as const,
              size: 44,
              grid: {show: false},
              values: (_: UPlot, values: number[]) =>
                values.map(each => `${Number((each * 100).toPrecision(2))} %`),
            },
          ]
        : []),
    ],
    series: [
      {
        label: x === "time" ? "Time (UTC)" : "Block",
        value: (plot: UPlot, at: number | null) => {
          const {within} = drawing.current;
          if (at === null && within !== undefined) {
            const [from, to] = within.map(each => timeText(each * 1_000, within[1] * 1_000));
            return `${from} to ${to}`;
          }
          const shown = at ?? lastOf(plot, 0);
          if (shown === undefined) return "";
          return x === "time" ? clockText(shown * 1_000) : shown.toLocaleString();
        },
      },
      ...series.map((each, i) => seriesOf(each, () => drawing.current.series[i] ?? each)),
    ],
    ...(band === undefined
      ? {}
      : {bands: [{series: [band[0], band[1]], fill: colour("chart-band")}]}),
  };
}

/** Beside the pointer: when or which block, and what each series has there. */
function linesAt(
  {data}: UPlot,
  index: number,
  x: ChartProps["x"],
  series: readonly Series[],
): readonly string[] {
  const at = data[0]?.[index];
  if (at === undefined) return [];
  const values = series.flatMap(({label, kind, text}, i) => {
    const value = data[i + 1]?.[index];
    if (kind === "edge" || value === null || value === undefined) return [];
    return [`${label}: ${text?.(value, index) ?? value.toLocaleString()}`];
  });
  const head = x === "time" ? timeText(at * 1_000) : `Block ${at.toLocaleString()}`;
  return [head, ...values];
}

/** Of an axis with these words, in pixels: what is next to nothing has many digits. */
const widthOf = (texts: readonly string[] | null): number =>
  Math.max(44, 16 + 7 * Math.max(0, ...(texts ?? []).map(({length}) => length)));

/** What is counted goes up to one at least, so that none is not in the middle. */
const topOf = (high: number, isWhole: boolean): number =>
  isWhole ? Math.max(1, high) : high > 0 ? high : 1;

/** Parts of a whole, which may be more than it, or next to nothing. */
const partRange = (_: UPlot, __: number, high: number): [number, number] => [
  0,
  high > 0 ? high * 1.08 : 1,
];

/** Where nobody points at anything, the legend tells what is newest. */
function lastOf(plot: UPlot, series: number): number | undefined {
  const values = plot.data[series] as readonly (number | null | undefined)[] | undefined;
  return values?.findLast(value => typeof value === "number") ?? undefined;
}

/** Distances of marks on an axis of things that are counted. */
const WHOLE = [1, 10, 100, 1_000, 10_000].flatMap(power => [power, 2 * power, 5 * power]);

function seriesOf(
  {label, colour: name, kind = "line", scale = "y"}: Series,
  latest: () => Series,
): UPlot.Series {
  const stroke = colour(name);
  return {
    label,
    stroke,
    scale,
    width: kind === "edge" ? 0 : 1.5,
    points: {show: false},
    ...(kind === "dashed" ? {dash: [5, 4]} : {}),
    ...(kind === "steps" && UPlot.paths.stepped ? {paths: UPlot.paths.stepped({align: 1})} : {}),
    ...(kind === "bars" && UPlot.paths.bars
      ? {paths: UPlot.paths.bars({size: [0.7, 24]}), fill: stroke, width: 0}
      : {}),
    value: (plot, value, index, point) => {
      const {text, total} = latest();
      if (value === null && total !== undefined) return total;
      const shown = value ?? lastOf(plot, index);
      if (shown === undefined) return "";
      return text?.(shown, point ?? plot.data[0].length - 1) ?? String(shown);
    },
  };
}
