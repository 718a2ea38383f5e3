// What is seen within a network while it is trained: how its numbers are spread, now and in the course of the training, and
// what it confuses.
import { h, fill, whole } from "./dom.js";
import { ask } from "./server.js";
import { chart } from "./chart.js";
import { confusionFigure } from "./confusion.js";

const KINDS = { weights: "Weights", activations: "Activations", gradients: "Gradients" };
const COURSE = [
  { at: 1, label: "5 % are below", dash: [4, 4] },
  { at: 2, label: "25 % are below" },
  { at: 3, label: "half are below", width: 3 },
  { at: 4, label: "75 % are below" },
  { at: 5, label: "95 % are below", dash: [4, 4] },
];
const short = (value) => (typeof value === "number" ? String(Number(value.toPrecision(3))).replace("-", "−") : String(value));

function histogram({ kind, name, histogram: of, count, zeros, faulty }) {
  const width = of.count ? (of.greatest - of.least) / of.limits.length || 1 : 1;
  const share = zeros ? `, ${Math.round((100 * zeros) / count)} % are 0` : "";
  return {
    title: `${KINDS[kind]} of ${name}`,
    sentence: of.count ? `${whole(of.count)} numbers from ${short(of.least)} to ${short(of.greatest)}, mean ${short(of.mean)}${share}${faulty ? `; ${whole(faulty)} units dead or saturated` : ""}.` : "No number is finite.",
    xLabel: "value",
    x: (of.limits ?? []).map((limit) => Number((limit - width / 2).toPrecision(5))),
    series: [{ label: "how many", values: of.counts ?? [] }],
    bars: width,
    height: 150,
  };
}

function course({ kind, name, steps, course: at, quantiles }) {
  const [low, high] = [at[0][3], at.at(-1)[3]];
  return {
    title: `${KINDS[kind]} of ${name}, step by step`,
    sentence: `The median went from ${short(low)} to ${short(high)}; nine tenths now lie between ${short(quantiles[1])} and ${short(quantiles[5])}, the dashed lines; half between the others.`,
    xLabel: "step",
    x: steps,
    series: COURSE.map(({ at: place, ...look }) => ({ ...look, values: at.map((each) => each[place]), colour: place === 3 ? "#d1622b" : "#2b7bba" })),
    height: 150,
    legend: false,
  };
}

/** The numbers now, and below them how they came there. */
function column(first) {
  const now = chart(histogram(first));
  const before = chart(course(first));
  return {
    element: h("div", {}, now, before),
    show(part) {
      now.update(histogram(part));
      before.hidden = part.steps.length < 2;
      before.update(course(part));
    },
  };
}

function everything(rows) {
  const head = ["what", "layer or parameter", "5 %", "median", "95 %", "root mean square", "zeros", "dead or saturated units"];
  return h(
    "div",
    { class: "list", tabindex: 0, role: "region", "aria-label": "All layers" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, head.map((each) => h("th", { scope: "col" }, each)))),
      h(
        "tbody",
        {},
        rows.map((row) =>
          h("tr", {}, h("td", {}, KINDS[row.kind].toLowerCase()), h("th", { scope: "row" }, row.name), [row.quantiles[1], row.quantiles[3], row.quantiles[5], row.rms].map((value) => h("td", { class: "number" }, short(value))), h("td", { class: "number" }, whole(row.zeros)), h("td", { class: "number" }, row.kind === "activations" ? whole(row.faulty) : "")),
        ),
      ),
    ),
  );
}

/** { element, confusion, show(training) }: the charts stay in their places while their numbers change. */
export function within() {
  const of = h("select", { "aria-label": "Which layer or parameter is shown" });
  const step = h("span", { class: "note" });
  const charts = h("div", { class: "pairs" });
  const all = h("details", { ontoggle: () => table() }, h("summary", {}, "All layers as a table"));
  const confusion = h("div", {});
  const numbers = h("div", { hidden: true }, h("h3", {}, "Within the network"), h("p", { class: "bar" }, h("label", {}, "of ", of), step), charts, all);
  const element = h("div", {}, numbers);
  const made = new Map();
  let training = null;
  let known = null;
  let judged = "";
  let busy = false;
  let again = false;

  function table() {
    if (all.open && known?.all) {
      fill(all, all.firstChild, everything(known.all));
    }
  }

  function draw() {
    if (known.confusion) {
      const { on, epoch } = known.confusion;
      const key = `${training.number}:${on}:${epoch}`;
      if (key !== judged) {
        judged = key;
        fill(confusion, confusionFigure(known.confusion, on === "test" ? "What it confuses of the test data" : `What it confuses of the validation data after epoch ${epoch}`));
      }
    } else {
      fill(confusion, (judged = "") || h("p", { class: "note" }, "What it confuses is seen after the first epoch, if some of the images are held out for validation, and at the end."));
    }
    numbers.hidden = !known.parts;
    if (!known.parts) {
      return;
    }
    step.textContent = `after step ${whole(known.step)}, for the training's first images`;
    if (of.children.length !== known.choices.length || of.firstChild.value !== known.choices[0]) {
      fill(of, known.choices.map((each) => h("option", { value: each }, each)));
    }
    of.value = known.chosen;
    for (const key of [...made.keys()].filter((each) => !known.parts.some((part) => `${part.kind} ${part.name}` === each))) {
      made.get(key).element.remove();
      made.delete(key);
    }
    known.parts.forEach((part, i) => {
      const key = `${part.kind} ${part.name}`;
      if (!made.has(key)) {
        made.set(key, column(part));
        charts.insertBefore(made.get(key).element, charts.children[i] ?? null);
      }
      made.get(key).show(part);
    });
    table();
  }

  async function load() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    do {
      again = false;
      const mine = training;
      const found = await ask(`api/trainings/${mine.number}/within`, of.value ? { of: of.value } : {}).catch(() => null);
      if (found && mine.number === training.number) {
        known = found;
        draw();
      }
    } while (again);
    busy = false;
  }

  of.addEventListener("change", load);
  return {
    element,
    confusion,
    show(news) {
      const fresh = news.number !== training?.number;
      const seen = training?.looks;
      training = news;
      if (fresh || news.looks !== seen) {
        load();
      }
    },
  };
}
