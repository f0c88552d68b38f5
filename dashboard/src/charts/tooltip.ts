import type UPlot from "uplot";

/** What is under the pointer, beside it, line by line: the legend may be out of sight. */
export function tooltip(linesAt: (plot: UPlot, index: number) => readonly string[]): UPlot.Plugin {
  const box = document.createElement("div");
  box.className = "tip";
  box.hidden = true;
  return {
    hooks: {
      init: plot => plot.over.append(box),
      setCursor(plot) {
        const {idx, left} = plot.cursor;
        box.hidden = idx === null || idx === undefined || left === undefined || left < 0;
        if (box.hidden) return;
        box.replaceChildren(
          ...linesAt(plot, idx!).map(line => {
            const row = document.createElement("div");
            row.textContent = line;
            return row;
          }),
        );
        const isRight = left! > plot.over.clientWidth / 2;
        box.style.left = isRight ? "" : `${left! + 12}px`;
        box.style.right = isRight ? `${plot.over.clientWidth - left! + 12}px` : "";
      },
    },
  };
}
