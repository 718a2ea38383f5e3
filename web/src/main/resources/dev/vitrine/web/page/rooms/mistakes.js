// What a run misreads: a matrix walked by keys, the pictures of a cell, and one beside another that was read right.
import { h, fill, percent, whole, signed } from "../dom.js";
import { confusionTable, mostConfused, partShown } from "../confusion.js";
import { ask } from "../server.js";

const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export async function open(main, query, { say, go }) {
  const { fields, rows } = await ask("api/runs");
  const at = (key) => fields.findIndex((field) => field.key === key);
  const usable = rows.filter((row) => ["finished", "stopped", "running"].includes(row[at("state")])).reverse();
  if (usable.length === 0) {
    fill(main, h("h2", {}, "Mistakes"), h("p", { class: "card" }, "No run is here that could be judged. ", h("a", { href: "#/train?model=lenet&data=digits&epochs=1" }, "Train LeNet on drawn digits"), " first: it takes about a minute."));
    return () => {};
  }
  const ids = usable.map((row) => row[at("id")]);
  const run = h("select", { "aria-label": "Which run is judged" }, ids.map((id) => h("option", { value: id, selected: id === query.get("run") }, id)));
  const gone = h("p", { class: "wrong", hidden: !query.has("run") || ids.includes(query.get("run")) }, `There is no run ${query.get("run")} here that can be judged: it was renamed, or its folder removed. Another is judged below.`);
  const summary = h("p", { class: "sentence" });
  const progress = h("div", {});
  const matrix = h("div", {});
  const cell = h("section", { "aria-label": "The pictures of a cell" });
  const inside = h("section", { "aria-label": "What the layers made of it", tabindex: -1 });
  fill(
    main,
    h("h2", {}, "Mistakes"),
    h("div", { class: "bar" }, h("label", {}, "Made by ", run), h("span", { class: "note" }, "on its own test data")),
    gone,
    summary,
    progress,
    h("div", { class: "sides judged" }, matrix, cell),
    inside,
  );
  // Of a run that is gone the cell would be another's.
  const cellOf = gone.hidden ? query : new URLSearchParams();
  const shown = { run: run.value, actual: cellOf.get("actual"), read: cellOf.get("read"), example: cellOf.get("example") };
  const remember = () => go("mistakes", Object.fromEntries(Object.entries(shown).filter(([, value]) => value != null)), true);
  let judged = null;

  /** A question's answer is drawn only while it is the newest one. */
  let asked = 0;
  async function latest(path, values) {
    const mine = ++asked;
    try {
      const answer = await ask(path, values);
      return mine === asked ? answer : null;
    } catch (wrong) {
      if (mine === asked) {
        throw wrong;
      }
      return null;
    }
  }

  const named = (index) => judged.names[judged.classes.indexOf(index)] ?? String(index);
  const address = (example) => `api/mistakes/picture?${new URLSearchParams({ run: shown.run, example })}`;

  async function judge() {
    summary.textContent = "It reads its test data …";
    fill(progress, h("progress", { max: 1, "aria-label": "How much of the test data is read" }));
    fill(matrix);
    fill(cell);
    fill(inside);
    try {
      do {
        judged = await latest("api/mistakes", { run: shown.run });
        if (judged?.judging && judged.of) {
          summary.textContent = `It reads its test data: ${whole(judged.read)} of ${whole(judged.of)} …`;
          progress.firstChild.value = judged.read / judged.of;
        }
      } while (judged?.judging);
    } catch (wrong) {
      summary.textContent = "";
      fill(progress);
      throw wrong;
    }
    if (!judged) {
      return;
    }
    fill(progress);
    const part = judged.examples < judged.of ? `the first ${whole(judged.examples)} of ${whole(judged.of)}` : `all ${whole(judged.examples)}`;
    if (!judged.confusion) {
      summary.textContent = `This run tells numbers, which are near or far, never confused: there is no matrix. Over ${part} test examples it is off by ${judged.rmse.toPrecision(4)} (root mean square)${judged.r2 == null ? "" : `, R² ${judged.r2.toFixed(3)}`}. The largest errors stand below.`;
      errors();
      return;
    }
    summary.textContent = sentence(part);
    fill(matrix, table());
    if (shown.actual != null && shown.read != null) {
      await openCell(Number(shown.actual), Number(shown.read));
      if (shown.example != null) {
        await openExample(Number(shown.example));
      }
    }
  }

  function sentence(part) {
    const right = `Of ${part} test examples it reads ${percent(judged.accuracy)} right and ${whole(judged.errors)} wrong`;
    const most = mostConfused(judged);
    return `${right}${most ? `; ${most}` : ""}.${partShown(judged)}`;
  }

  function table() {
    const { element, cells } = confusionTable(
      judged,
      "Each row is what the examples are, each column what they were read as. Arrow keys move, Enter opens a cell.",
      (a, p, count, text) =>
        h(
          "button",
          {
            tabindex: -1,
            "data-at": `${a},${p}`,
            "aria-label": a === p ? `${judged.names[a]} read right: ${count}` : `${judged.names[a]} read as ${judged.names[p]}: ${count}`,
            onclick: () => openCell(judged.classes[a], judged.classes[p], true),
          },
          text,
        ),
      { onkeydown: (event) => walk(event, cells) },
    );
    const first = cells[judged.classes.indexOf(Number(shown.actual))]?.[judged.classes.indexOf(Number(shown.read))] ?? cells[0][0];
    first.tabIndex = 0;
    return element;
  }

  function walk(event, cells) {
    const from = event.target.dataset.at?.split(",").map(Number);
    const size = cells.length;
    const to = from && (MOVES[event.key] ? from.map((value, i) => value + MOVES[event.key][i]) : event.key === "Home" ? [from[0], 0] : event.key === "End" ? [from[0], size - 1] : null);
    if (!to) {
      return;
    }
    event.preventDefault();
    const next = cells[to[0]]?.[to[1]];
    if (next) {
      event.target.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    }
  }

  const values = (row) => h("dl", { class: "row" }, row.map(({ column, value }) => [h("dt", {}, column), h("dd", {}, String(Number(value.toPrecision(6))))]));

  function look(entry) {
    const words = entry.read == null ? entry.actual : `${entry.actual} read as ${entry.read}, ${percent(entry.probability, 1)} sure`;
    return h(
      "button",
      { class: "example", "data-example": entry.example, "aria-label": `Example ${entry.example}: ${words}`, onclick: () => openExample(entry.example, true) },
      judged.pictures ? h("img", { src: address(entry.example), loading: "lazy", alt: "", width: 72, height: 72 }) : values(entry.values.slice(0, 6)),
      h("small", {}, entry.read == null ? `#${entry.example}` : percent(entry.probability, 1)),
    );
  }

  async function openCell(actual, read, byHand = false) {
    Object.assign(shown, { actual, read });
    if (byHand) {
      shown.example = null;
      fill(inside);
    }
    remember();
    for (const button of matrix.querySelectorAll("button")) {
      button.toggleAttribute("data-open", button.dataset.at === `${judged.classes.indexOf(actual)},${judged.classes.indexOf(read)}`);
    }
    const first = await latest("api/mistakes/cell", { run: shown.run, actual, read });
    if (!first) {
      return;
    }
    const title = actual === read ? `${named(actual)}, read right` : `${named(actual)}, read as ${named(read)}`;
    const gallery = h("div", { class: "gallery" }, first.examples.map(look));
    const more = h("button", {
      onclick: async () => {
        const next = await ask("api/mistakes/cell", { run: shown.run, actual, read, from: gallery.children.length });
        gallery.append(...next.examples.map(look));
        label();
      },
    });
    function label() {
      more.hidden = gallery.children.length >= first.total;
      more.textContent = `More (${whole(gallery.children.length)} of ${whole(first.total)} are shown)`;
    }
    label();
    fill(
      cell,
      h("h3", {}, title),
      h("p", { class: "note" }, first.total === 0 ? "There is none." : actual === read ? `${whole(first.total)} examples, in the order of the data.` : `${whole(first.total)} example${first.total === 1 ? "" : "s"}, the surest mistake first. Below each: how sure it was.`),
      gallery,
      more,
    );
    if (byHand) {
      cell.querySelector("button.example")?.focus();
    }
  }

  async function openExample(example, byHand = false) {
    shown.example = example;
    remember();
    const one = await latest("api/mistakes/example", { run: shown.run, example });
    if (!one) {
      return;
    }
    const both = [one, one.beside].filter(Boolean);
    const head = (entry, i) => {
      const words = entry.read == null ? (judged.confusion ? `${entry.actual}, read right` : i ? "the one met best" : "this one") : `${entry.actual}, read as ${entry.read} (${percent(entry.probability, 1)}; ${entry.actual} got ${percent(entry.actual_probability, 1)})`;
      return h("div", {}, h("p", {}, h("strong", {}, `#${entry.example} `), words), judged.pictures ? h("img", { class: "pixels large", src: address(entry.example), alt: `Example ${entry.example}: ${words}` }) : values(entry.values));
    };
    fill(
      inside,
      h("h3", {}, one.beside ? `What each layer made of #${one.example}, beside #${one.beside.example}` : `What each layer made of #${one.example}`),
      h("p", { class: "note" }, one.beside ? "Each layer has one scale for both: blue below 0, white at 0, red above. Where the two sides part, the reading went astray." : "No other example of this class was read right, so that it stands alone. Blue below 0, white at 0, red above."),
      h("div", { class: "pair" }, both.map(head)),
      one.layers.map(layer),
    );
    if (byHand) {
      inside.focus({ preventScroll: true });
      inside.scrollIntoView({ block: "start", behavior: "instant" });
    }
  }

  function layer({ path, shape, units, scale, outputs }) {
    const [height, width] = shape.length === 3 ? shape.slice(1) : [1, 1];
    const plane = height * width;
    const sides = outputs.map((text, side) => {
      const numbers = Array.from(Int8Array.from(atob(text), (letter) => letter.charCodeAt(0)), (value) => value / 127);
      const which = side === 0 ? "this example" : "the one read right";
      if (plane === 1) {
        const wide = Math.min(32, units);
        const high = Math.ceil(units / wide);
        return h("div", { class: "maps" }, signed([...numbers, ...Array(wide * high - units).fill(0)], wide, high, units <= 32 ? 14 : 8, `${path}, ${units} numbers, ${which}`));
      }
      const zoom = Math.max(1, Math.round(48 / width));
      return h("div", { class: "maps" }, Array.from({ length: units }, (_, u) => signed(numbers.slice(u * plane, (u + 1) * plane), width, height, zoom, `${path}, map ${u + 1}, ${which}`)));
    });
    const some = units < shape[0] ? `, the first ${units}` : "";
    return [h("h4", {}, `${path} `, h("span", { class: "note" }, `${shape.join("×")}${some}, full colour is ${scale.toPrecision(3)}`)), h("div", { class: "pair" }, sides)];
  }

  function errors() {
    const short = (numbers) => numbers.slice(0, 6).map((value) => Number(value.toPrecision(5))).join(", ");
    fill(
      matrix,
      h(
        "div",
        { class: "list", tabindex: 0, role: "region", "aria-label": "The largest errors" },
        h(
          "table",
          {},
          h("thead", {}, h("tr", {}, ["example", "error", "it tells", "right is", "its row"].map((head) => h("th", { scope: "col" }, head)))),
          h(
            "tbody",
            {},
            judged.worst.map((miss) =>
              h("tr", {}, h("th", { scope: "row" }, h("button", { class: "link", onclick: () => openExample(miss.example, true) }, `#${miss.example}`)), h("td", { class: "number" }, miss.error.toPrecision(4)), h("td", { class: "number" }, short(miss.told)), h("td", { class: "number" }, short(miss.right)), h("td", {}, miss.values.slice(0, 5).map(({ column, value }) => `${column} ${Number(value.toPrecision(4))}`).join(", "))),
            ),
          ),
        ),
      ),
    );
  }

  const begin = () => judge().catch((wrong) => say(wrong.message, true)); // whoever leaves meanwhile, leaves
  run.addEventListener("change", () => {
    gone.hidden = true;
    Object.assign(shown, { run: run.value, actual: null, read: null, example: null });
    remember();
    begin();
  });
  begin();
  return () => {
    asked++;
  };
}
