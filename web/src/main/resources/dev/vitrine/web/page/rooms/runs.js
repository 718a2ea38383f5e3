// All runs and trials: a table of which only the rows in sight exist, details of one, curves of several.
import { h, fill, percent, whole, decimal } from "../dom.js";
import { ask, tell } from "../server.js";
import { chart } from "../chart.js";
import { listen } from "../events.js";

const ROW = 34;
const BEYOND = 12;

function cell(field, value) {
  if (value == null) {
    return "";
  }
  switch (field.kind) {
    case "SHARE":
      return percent(value);
    case "WHOLE":
      return whole(value);
    case "NUMBER":
      return decimal(value, 1);
    default:
      return field.key === "updated" ? value.slice(0, 16).replace("T", " ") : String(value);
  }
}

export async function open(main, query, { go, say }) {
  let fields = [];
  let rows = [];
  let shown = [];
  let chosen = new Set((query.get("runs") ?? "").split(",").filter(Boolean));
  let sort = query.get("sort") ?? "-updated";
  let words = query.get("find") ?? "";

  const find = h("input", { type: "search", value: words, placeholder: "model=lenet, digits, finished …", "aria-label": "Find runs", size: 28 });
  const count = h("span", { class: "note", role: "status" });
  const head = h("tr");
  const above = h("tr", { "aria-hidden": "true" });
  const body = h("tbody");
  const table = h("table", { "aria-label": "Runs" }, h("thead", {}, head), body);
  const list = h("div", { class: "list", tabindex: 0, role: "region", "aria-label": "Runs, scrolling" }, table);
  const details = h("section", { "aria-label": "What is chosen", "aria-live": "polite" });
  fill(
    main,
    h("h2", {}, "Runs"),
    h("div", { class: "bar" }, h("label", {}, "Find ", find), count, h("button", { onclick: load }, "Look again")),
    h("div", { class: "sides two" }, list, details),
  );

  const at = (key) => fields.findIndex((field) => field.key === key);
  const id = (row) => row[at("id")];

  function remember() {
    const now = {};
    if (words) now.find = words;
    if (sort !== "-updated") now.sort = sort;
    if (chosen.size) now.runs = [...chosen].join(",");
    go("runs", now, true);
  }

  function fits(row, word) {
    const equals = word.indexOf("=");
    if (equals > 0) {
      const place = at(word.slice(0, equals));
      return place >= 0 && String(row[place] ?? "") === word.slice(equals + 1);
    }
    return row.some((value) => typeof value === "string" && value.toLowerCase().includes(word.toLowerCase()));
  }

  function arrange() {
    const asked = words.split(/[\s,]+/).filter(Boolean);
    shown = rows.filter((row) => asked.every((word) => fits(row, word)));
    const down = sort.startsWith("-");
    const place = at(down ? sort.slice(1) : sort);
    if (place >= 0) {
      shown.sort((a, b) => {
        const [x, y] = [a[place], b[place]];
        if (x == null || y == null) {
          return (x == null) - (y == null); // what is not known stands last either way
        }
        const order = x < y ? -1 : x > y ? 1 : 0;
        return down ? -order : order;
      });
    }
    count.textContent = `${whole(shown.length)} of ${whole(rows.length)}`;
    table.setAttribute("aria-rowcount", shown.length + 1);
    drawHead();
    drawRows();
  }

  function drawHead() {
    const sorting = head.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    fill(
      head,
      h("th", { scope: "col" }, h("span", { class: "note" }, "compare")),
      fields.map((field) => {
        const by = sort.replace(/^-/, "") === field.key;
        const order = by ? (sort.startsWith("-") ? "descending" : "ascending") : "none";
        return h(
          "th",
          { scope: "col", "aria-sort": order, class: field.kind === "TEXT" ? "" : "number" },
          h(
            "button",
            {
              "data-key": field.key,
              onclick: () => {
                sort = by && !sort.startsWith("-") ? `-${field.key}` : field.key;
                remember();
                arrange();
              },
            },
            field.heading,
            by ? (sort.startsWith("-") ? " ↓" : " ↑") : "",
          ),
        );
      }),
    );
    if (sorting) {
      head.querySelector(`[data-key="${CSS.escape(sorting)}"]`)?.focus({ preventScroll: true });
    }
  }

  let drawn = "";

  /** Which rows are in sight, and some beyond. */
  function sight() {
    const from = Math.max(0, Math.floor(list.scrollTop / ROW) - BEYOND);
    return [from, Math.min(shown.length, from + Math.ceil((list.clientHeight || 600) / ROW) + 2 * BEYOND)];
  }

  function drawRows() {
    const [from, to] = sight();
    drawn = `${from} ${to}`;
    const active = document.activeElement;
    const within = body.contains(active) ? { run: active.closest("tr").dataset.run, name: active.localName } : null;
    const space = (rowsAway) => h("tr", { "aria-hidden": "true" }, (() => {
      const empty = h("td", { colspan: fields.length + 1 });
      empty.style.height = `${rowsAway * ROW}px`;
      empty.style.border = "0";
      return empty;
    })());
    fill(
      body,
      from > 0 && space(from),
      shown.slice(from, to).map((row, i) =>
        h(
          "tr",
          { "data-run": id(row), "aria-rowindex": from + i + 2, "aria-selected": String(chosen.has(id(row))) },
          h("td", {}, h("input", { type: "checkbox", checked: chosen.has(id(row)), "aria-label": `Compare ${id(row)}`, onchange: (event) => choose(id(row), event.target.checked) })),
          fields.map((field, f) =>
            h("td", { class: field.kind === "TEXT" ? "" : "number" }, field.key === "id" ? h("button", { class: "link", onclick: () => only(id(row)) }, row[f]) : cell(field, row[f])),
          ),
        ),
      ),
      to < shown.length && space(shown.length - to),
    );
    if (within) {
      // Whoever goes through rows by keys stays where they are when rows are drawn anew.
      body.querySelector(`tr[data-run="${CSS.escape(within.run)}"] ${within.name}`)?.focus({ preventScroll: true });
    }
  }

  function choose(run, on) {
    on ? chosen.add(run) : chosen.delete(run);
    remember();
    drawRows();
    detail();
  }

  function only(run) {
    chosen = new Set([run]);
    remember();
    drawRows();
    detail();
  }

  async function detail() {
    const asked = [...chosen];
    if (asked.length === 0) {
      fill(details, h("p", { class: "note" }, "Choose a run to see its curves, its settings and the command that gives it again; tick several to compare them."));
      return;
    }
    try {
      const runs = await Promise.all(asked.map((run) => ask("api/run", { run })));
      const comparison = asked.length > 1 ? await ask("api/runs/compare", { runs: asked.join(",") }) : null;
      if (asked.join() === [...chosen].join()) {
        fill(details, asked.length === 1 ? one(runs[0], go, say) : several(runs, comparison));
      }
    } catch (wrong) {
      fill(details, h("p", { class: "wrong" }, wrong.message));
    }
  }

  async function load() {
    const all = await ask("api/runs");
    const filled = all.fields.map((_, f) => all.rows.some((row) => row[f] != null && row[f] !== "")); // columns of nothing are left out
    fields = all.fields.filter((field, f) => filled[f] || field.key === "id");
    rows = all.rows.map((row) => row.filter((_, f) => filled[f]));
    if (rows.length === 0) {
      fill(list, h("p", { class: "card" }, "There are no runs here yet. ", h("a", { href: "#/train" }, "Train a network"), ", or start this page where runs are: ", h("code", {}, "vitrine serve --in FOLDER")));
    }
    arrange();
    detail();
  }

  find.addEventListener("input", () => {
    words = find.value;
    list.scrollTop = 0;
    remember();
    arrange();
  });
  const inSight = () => sight().join(" ") === drawn || drawRows();
  list.addEventListener("scroll", inSight);
  new ResizeObserver(inSight).observe(list);
  let before = "";
  const stop = listen("trainings", ({ trainings }) => {
    const now = trainings.map((each) => `${each.phase}${each.epoch}`).join();
    if (before && now !== before) {
      load();
    }
    before = now;
  });
  await load();
  return stop;
}

function epochs(run) {
  return run.curves?.epochs ?? [];
}

function curvesOf(runs) {
  const longest = Math.max(0, ...runs.map((run) => epochs(run).length));
  if (longest === 0) {
    return [h("p", { class: "note" }, "No epoch has ended yet.")];
  }
  const x = Array.from({ length: longest }, (_, i) => i + 1);
  const of = (key) =>
    runs
      .filter((run) => epochs(run).some((row) => row[key] != null))
      .map((run) => ({ label: run.id, values: x.map((_, i) => epochs(run)[i]?.[key] ?? null) }));
  const charts = [];
  for (const [key, title] of [["validation_loss", "Validation loss"], ["train_loss", "Training loss"], ["validation_accuracy", "Validation accuracy"]]) {
    const series = of(key);
    if (series.length) {
      const last = series.map((each) => `${each.label} ends at ${decimal(each.values.findLast((value) => value != null))}`).join(", ");
      charts.push(chart({ title, sentence: last, xLabel: "epoch", x, series }));
    }
  }
  return charts;
}

function one(run, go, say) {
  const going = run.state === "stopped";
  return [
    h("h3", {}, run.id),
    run.reason && h("p", { class: "wrong" }, run.reason),
    h("dl", {}, pairs({ state: run.state, model: run.model, data: run.data, seed: run.seed, "test accuracy": percent(run.test_accuracy), parameters: run.hash?.slice(0, 16), tags: run.tags?.join(", "), note: run.note })),
    h(
      "p",
      { class: "bar" },
      run.report && h("a", { href: `api/run/report?run=${encodeURIComponent(run.id)}`, target: "_blank", rel: "noopener" }, "Report"),
      h("a", { href: `#/draw?run=${encodeURIComponent(run.id)}` }, "Draw for it"),
      going && h("button", { onclick: async () => { try { await tell("api/trainings", { resume: run.id }); go("train"); } catch (wrong) { say(wrong.message, true); } } }, "Go on with it"),
    ),
    curvesOf([run]),
    h("h3", {}, "The command that gives it again"),
    h("pre", {}, run.command ?? ""),
    h("h3", {}, "Settings that are not as usual"),
    Object.keys(run.unusual).length ? h("dl", {}, pairs(run.unusual)) : h("p", { class: "note" }, "None."),
  ];
}

function several(runs, comparison) {
  const names = Object.keys(comparison.differences);
  return [
    h("h3", {}, `${runs.length} runs side by side`),
    comparison.sentences.map((sentence) => h("p", {}, `${sentence}.`)),
    names.length > 0 &&
      h(
        "div",
        { class: "list", tabindex: 0, role: "region", "aria-label": "Settings that differ" },
        h(
          "table",
          {},
          h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "setting"), comparison.runs.map((run) => h("th", { scope: "col" }, run)))),
          h("tbody", {}, names.map((name) => h("tr", {}, h("th", { scope: "row" }, name), comparison.differences[name].map((value) => h("td", {}, value))))),
        ),
      ),
    curvesOf(runs),
  ];
}

function pairs(values) {
  return Object.entries(values)
    .filter(([, value]) => value != null && value !== "")
    .map(([name, value]) => [h("dt", {}, name), h("dd", {}, String(value))]);
}
