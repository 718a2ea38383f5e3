// Curves and histograms: drawn by uPlot, read point by point by arrow keys, with a sentence and a table of the same numbers.
import { h, fill } from "./dom.js";

const COLOURS = ["#2b7bba", "#d1622b", "#3b8f4f", "#8a56b0", "#b08a1e", "#c2477f"];
const LARGE_STEP = 0.1;
const WHOLE_STEPS = [1, 2, 5].flatMap((first) => Array.from({ length: 10 }, (_, power) => first * 10 ** power)).sort((a, b) => a - b);
const KEYS = "Arrow keys read its points, up and down choose the line.";

const ink = () => getComputedStyle(document.body).getPropertyValue("color");
/** What stands in the legend: the numbers under the pointer. */
const under = (_, value) => (value == null ? "" : short(value));
const short = (value) => (typeof value === "number" ? String(Number(value.toPrecision(5))).replace("-", "−") : String(value ?? "nothing"));

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.querySelectorAll(".chart").forEach((each) => each.redraw?.()));
const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => target.resized()));

/**
 * A chart of series over one axis, as a figure; its `update` draws other numbers in its place.
 * series: [{ label, values, colour, width, dash }]; x: numbers; bars: one series as a histogram, `bars` wide each; a sentence says what
 * is seen; legend: false where the sentence names the lines.
 */
export function chart(first) {
  let now = first;
  let plot = null;
  let at = { point: -1, line: 0 };
  const holder = h("div", { class: "chart", role: "application", tabindex: 0, onkeydown: key });
  const read = h("p", { class: "note chart-read", "aria-live": "polite" });
  const sentence = h("span", { class: "note" });
  const title = h("strong");
  const rows = h("div", { class: "list", tabindex: 0, role: "region" });
  const table = h("details", { ontoggle: list }, h("summary", {}, "The numbers"), rows);
  const figure = h("figure", {}, h("figcaption", {}, title, " ", sentence), holder, read, table);

  function list() {
    if (table.open) {
      fill(
        rows,
        h(
          "table",
          {},
          h("thead", {}, h("tr", {}, [now.xLabel, ...now.series.map((each) => each.label)].map((head) => h("th", { scope: "col" }, head)))),
          h("tbody", {}, now.x.map((x, i) => h("tr", {}, [x, ...now.series.map((each) => each.values[i])].map((value) => h("td", { class: "number" }, value == null ? "" : String(value)))))),
        ),
      );
    }
  }

  function key(event) {
    const last = now.x.length - 1;
    const far = Math.max(1, Math.round(last * LARGE_STEP));
    const to = { ArrowLeft: at.point - 1, ArrowRight: at.point + 1, PageUp: at.point - far, PageDown: at.point + far, Home: 0, End: last }[event.key];
    const line = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if ((to === undefined && line === undefined) || last < 0) {
      return;
    }
    event.preventDefault();
    const lines = now.series.length;
    at = { point: Math.max(0, Math.min(last, to ?? at.point)), line: (at.line + (line ?? 0) + lines) % lines };
    const { label, values } = now.series[at.line];
    read.textContent = `${now.xLabel} ${short(now.x[at.point])}: ${label} ${short(values[at.point])}${lines > 1 ? ` (line ${at.line + 1} of ${lines})` : ""}, point ${at.point + 1} of ${last + 1}`;
    point();
  }

  /** The cursor stands where the keys are. */
  function point() {
    const value = now.series[at.line]?.values[at.point];
    if (plot && at.point >= 0) {
      plot.setCursor({ left: plot.valToPos(now.x[at.point], "x"), top: typeof value === "number" ? plot.valToPos(value, "y") : -10 }, false);
    }
  }

  function draw() {
    if (!holder.clientWidth) {
      return;
    }
    plot?.destroy();
    const axis = { stroke: ink(), grid: { stroke: "#8884", width: 1 }, ticks: { stroke: "#8884" } };
    const bars = now.bars ? { paths: uPlot.paths.bars({ size: [1, 100], gap: 1 }), fill: `${COLOURS[0]}99` } : {};
    plot = new uPlot(
      {
        width: Math.min(holder.clientWidth, 1100),
        height: now.height ?? 240,
        scales: now.bars ? { x: { time: false, range: (_, least, most) => [least - now.bars / 2, most + now.bars / 2] }, y: { range: (_, __, most) => [0, most * 1.05 || 1] } } : { x: { time: false } },
        axes: [{ ...axis, label: now.xLabel, labelSize: 18, labelGap: 0, size: 34, ...(now.x.every(Number.isInteger) ? { incrs: WHOLE_STEPS } : {}) }, { ...axis, size: 62 }],
        legend: { show: !now.bars && now.legend !== false },
        series: [
          { label: now.xLabel, value: under },
          ...now.series.map((each, i) => ({ label: each.label, value: under, stroke: each.colour ?? COLOURS[i % COLOURS.length], width: each.width ?? 2, dash: each.dash, points: { show: !now.bars && now.x.length < 40 }, ...bars })),
        ],
      },
      [now.x, ...now.series.map((each) => each.values.map((value) => (typeof value === "number" ? value : null)))],
      holder,
    );
    point();
  }

  figure.update = (next) => {
    const same = JSON.stringify([next.x, next.series]) === JSON.stringify([now.x, now.series]) && plot;
    now = next;
    title.textContent = now.title;
    sentence.textContent = now.sentence;
    holder.setAttribute("aria-label", `Chart: ${now.title}. ${now.sentence} ${KEYS}`);
    rows.setAttribute("aria-label", `${now.title}: the numbers`);
    list();
    if (!same) {
      draw();
    }
  };
  let wide = 0;
  holder.redraw = draw;
  holder.resized = () => {
    if (holder.clientWidth !== wide) {
      wide = holder.clientWidth;
      draw();
    }
  };
  sizes.observe(holder);
  figure.update(first);
  return figure;
}
