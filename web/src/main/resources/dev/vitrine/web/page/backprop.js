// Backpropagation through one layer as a film over real numbers: forward one output after another, then back.
// Every product comes from the engine's own Jacobians; what they add up to is compared with its backward pass.
import { h, fill } from "./dom.js";
import { ask } from "./server.js";

const SHORT = 6;
const EVERY = 900;
const NEAR = 1e-4;

const figure = (value) => String(Number(value.toPrecision(4))).replace("-", "−");
const factor = (value) => (value < 0 ? `(${figure(value)})` : figure(value));
const size = (shape) => shape.reduce((a, b) => a * b, 1);
const place = (flat, shape) => shape.toReversed().reduce(([index, rest], n) => [[rest % n, ...index], Math.floor(rest / n)], [[], flat])[0].join(",");

/** The frames of the film: what is lit, what is said, and what has been added up until then. */
export function frames(layer) {
  const { shapes, numbers, output, gradients, jacobians, reach } = layer;
  const sums = Object.fromEntries(Object.keys(gradients).map((name) => [name, new Array(size(shapes[name])).fill(0)]));
  const copy = () => structuredClone(sums);
  const outputs = [...output.keys()];
  const isMax = /maxpool/i.test(layer.layer);
  const film = [{ phase: "begin", shown: 0, sums: copy(), lit: {}, sentence: `${layer.layer}: forward first, one output after another.` }];
  const joined = (terms) => (terms.length > SHORT ? `${terms.slice(0, SHORT).join(" + ")} + … (${terms.length} terms)` : terms.join(" + ") || "0");
  for (const o of outputs) {
    const window = reach[o].flatMap((on, i) => (on ? [i] : []));
    const row = jacobians.x[o];
    const bias = jacobians.bias?.[o].findIndex((value) => value !== 0) ?? -1;
    const terms = window.filter((i) => row[i] !== 0).map((i) => `${factor(numbers.x[i])}·${factor(row[i])}`);
    const how = isMax ? `the largest of ${window.map((i) => figure(numbers.x[i])).join(", ")}` : joined(bias < 0 ? terms : [...terms, factor(numbers.bias[bias])]);
    const lit = { x: window, y: [o] };
    if (jacobians.weight) lit.weight = jacobians.weight[o].flatMap((value, i) => (value !== 0 ? [i] : []));
    film.push({ phase: "forward", shown: o + 1, sums: copy(), lit, sentence: `y[${place(o, shapes.dy)}] = ${how} = ${figure(output[o])}` });
  }
  film.push({ phase: "turn", shown: output.length, sums: copy(), lit: {}, sentence: "Now back: each output hands its gradient dy to what it was made of, and all that arrives is added." });
  for (const o of outputs) {
    const dy = numbers.dy[o];
    const lit = { dy: [o] };
    const said = [];
    for (const name of Object.keys(gradients)) {
      const row = jacobians[name][o];
      lit[`d${name}`] = row.flatMap((value, i) => (value !== 0 ? [i] : []));
      row.forEach((value, i) => (sums[name][i] += dy * value));
      const first = lit[`d${name}`][0];
      if (first != null) {
        said.push(`d${name}[${place(first, shapes[name])}] += ${factor(dy)}·${factor(row[first])}${lit[`d${name}`].length > 1 ? ` and ${lit[`d${name}`].length - 1} more` : ""}`);
      }
    }
    film.push({ phase: "back", shown: output.length, sums: copy(), lit, sentence: `dy[${place(o, shapes.dy)}] = ${figure(dy)}: ${said.join("; ") || "nothing was made of anything"}` });
  }
  const same = Object.keys(gradients).every((name) => gradients[name].every((value, i) => Math.abs(value - sums[name][i]) <= NEAR * Math.max(1, Math.abs(value))));
  film.push({ phase: "end", shown: output.length, sums: copy(), lit: {}, sentence: same ? "All added up: the same numbers as the engine’s own backward pass gives." : "The sums are not those of the engine’s backward pass: that is a fault of Vitrine’s." });
  return film;
}

/** An array as tables of its last two axes. */
function grid(name, shape, values, lit, shown = values.length) {
  const columns = shape.at(-1);
  const rows = shape.length > 1 ? shape.at(-2) : 1;
  const planes = size(shape) / (rows * columns);
  const hot = new Set(lit ?? []);
  const tables = Array.from({ length: planes }, (_, p) =>
    h("table", { class: "grid" },
      h("caption", {}, planes > 1 ? `${name} ${p + 1}` : name),
      h("tbody", {}, Array.from({ length: rows }, (_, r) =>
        h("tr", {}, Array.from({ length: columns }, (_, c) => {
          const i = (p * rows + r) * columns + c;
          return h("td", { class: hot.has(i) ? "hot" : "" }, i < shown ? figure(values[i]) : "");
        }))))));
  return h("div", { class: "grids" }, tables);
}

export async function openLayer(main, query, { go, say }) {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const pick = h("select", {}, [["conv2d", "convolution"], ["maxpool2d", "max pooling"], ["avgpool2d", "average pooling"], ["convtranspose2d", "transposed convolution"]].map(([value, name]) => h("option", { value, selected: value === query.get("layer") }, name)));
  const box = (name, usual, width = 4) => h("input", { name, size: width, value: query.get(name) ?? usual, autocomplete: "off", spellcheck: "false" });
  const fields = { kernel: box("kernel", "2"), stride: box("stride", ""), padding: box("padding", ""), input: box("input", "1x4x4", 8) };
  const seed = h("input", { type: "hidden", value: query.get("seed") ?? "0" });
  const stage = h("div", { class: "stage", tabindex: 0, role: "group", "aria-label": "The film. Right and Left step, Space plays and pauses, Home and End go to its ends." });
  const sentence = h("p", { class: "said", role: "status", "aria-live": "polite" });
  const at = h("input", { type: "range", min: 0, value: 0, "aria-label": "Where the film is" });
  const play = h("button", { class: "main", onclick: toggle }, "Play");
  fill(
    main,
    h("h2", {}, "Chain rule"),
    h("p", { class: "bar" }, h("a", { href: "#/chain" }, "An expression"), h("strong", {}, "A layer")),
    h("form", { class: "bar", onsubmit: (event) => (event.preventDefault(), load()) }, h("label", {}, "Layer ", pick), Object.entries(fields).map(([name, field]) => h("label", {}, `${name} `, field)), h("button", { type: "submit" }, "Work it out"), h("button", { type: "button", onclick: () => ((seed.value = String(Number(seed.value) + 1)), load()) }, "Other numbers")),
    h("p", { class: "bar" }, play, h("button", { onclick: () => step(-1) }, "Back"), h("button", { onclick: () => step(1) }, "Step"), at),
    sentence,
    stage,
  );
  let layer = null;
  let film = [];
  let timer = null;

  function draw() {
    const now = film[Number(at.value)];
    const { shapes, numbers, output } = layer;
    const back = now.phase === "back" || now.phase === "end";
    const own = Object.keys(shapes).filter((name) => name !== "x" && name !== "dy");
    sentence.textContent = now.sentence;
    sentence.setAttribute("aria-live", timer ? "off" : "polite");
    at.setAttribute("aria-valuetext", now.sentence);
    fill(
      stage,
      h("div", { class: "pass" }, h("h3", {}, "Forward"), h("div", { class: "grids" }, grid("x", shapes.x, numbers.x, now.lit.x), own.map((name) => grid(name, shapes[name], numbers[name], now.lit[name])), grid("y", shapes.dy, output, now.lit.y, now.shown))),
      h("div", { class: "pass" }, h("h3", {}, "Backward"), h("div", { class: "grids" }, grid("dx", shapes.x, now.sums.x, now.lit.dx, back ? undefined : 0), own.map((name) => grid(`d${name}`, shapes[name], now.sums[name], now.lit[`d${name}`], back ? undefined : 0)), grid("dy", shapes.dy, numbers.dy, now.lit.dy))),
    );
  }

  function show(frame) {
    at.value = String(Math.max(0, Math.min(film.length - 1, frame)));
    draw();
    if (Number(at.value) === film.length - 1) pause();
  }

  function step(by) {
    pause();
    show(Number(at.value) + by);
  }

  function pause() {
    clearInterval(timer);
    timer = null;
    play.textContent = "Play";
  }

  function toggle() {
    if (timer) {
      pause();
      draw();
    } else if (still.matches) {
      step(1); // nothing moves by itself where motion is not wanted
    } else {
      if (Number(at.value) === film.length - 1) show(0);
      play.textContent = "Pause";
      timer = setInterval(() => show(Number(at.value) + 1), EVERY);
    }
  }

  stage.addEventListener("keydown", (event) => {
    const act = { ArrowRight: () => step(1), ArrowLeft: () => step(-1), " ": toggle, Home: () => step(-film.length), End: () => step(film.length) }[event.key];
    if (act) {
      act();
      event.preventDefault();
    }
  });
  at.addEventListener("input", () => {
    pause();
    draw();
  });

  async function load() {
    pause();
    const asked = { layer: pick.value, ...Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value.trim()]).filter(([, text]) => text)), ...(seed.value === "0" ? {} : { seed: seed.value }) };
    go("chain", asked, true);
    try {
      layer = await ask("api/chain/layer", asked);
      film = frames(layer);
      at.max = film.length - 1;
      at.value = 0;
      draw();
      say("");
    } catch (wrong) {
      say(wrong.message, true);
    }
  }

  pick.addEventListener("change", load);
  await load();
  return pause;
}
