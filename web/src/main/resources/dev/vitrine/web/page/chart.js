// Curves: drawn by uPlot, with a table of the same numbers for who does not see them.
import { h } from "./dom.js";

const COLOURS = ["#2b7bba", "#d1622b", "#3b8f4f", "#8a56b0", "#b08a1e", "#c2477f"];

function ink() {
  return getComputedStyle(document.body).getPropertyValue("color");
}

/**
 * A chart of series over one axis.
 * series: [{ label, values }]; x: numbers; a sentence says what is seen.
 */
export function chart({ title, sentence, xLabel, x, series, height = 240 }) {
  const holder = h("div", { class: "chart", role: "img", "aria-label": `${title}. ${sentence}` });
  const table = h(
    "details",
    {},
    h("summary", {}, "The numbers"),
    h(
      "div",
      { class: "list", tabindex: 0, role: "region", "aria-label": `${title}: the numbers` },
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, [xLabel, ...series.map((each) => each.label)].map((head) => h("th", { scope: "col" }, head)))),
        h(
          "tbody",
          {},
          x.map((at, i) => h("tr", {}, [at, ...series.map((each) => each.values[i])].map((value) => h("td", { class: "number" }, value == null ? "" : String(value))))),
        ),
      ),
    ),
  );
  const figure = h("figure", {}, h("figcaption", {}, h("strong", {}, title), " ", h("span", { class: "note" }, sentence)), holder, table);
  const draw = () => {
    const width = Math.max(280, Math.min(holder.clientWidth || 600, 1100));
    holder.replaceChildren();
    const axis = { stroke: ink(), grid: { stroke: "#8884", width: 1 }, ticks: { stroke: "#8884" } };
    new uPlot(
      {
        width,
        height,
        scales: { x: { time: false } },
        axes: [{ ...axis, label: xLabel, labelSize: 22 }, { ...axis, size: 62 }],
        series: [
          { label: xLabel },
          ...series.map((each, i) => ({ label: each.label, stroke: each.colour ?? COLOURS[i % COLOURS.length], width: each.width ?? 2, dash: each.dash, points: { show: x.length < 40 } })),
        ],
      },
      [x, ...series.map((each) => each.values.map((value) => (typeof value === "number" ? value : null)))],
      holder,
    );
  };
  queueMicrotask(() => requestAnimationFrame(draw));
  return figure;
}
