// Calculates a trace anew from the formulas that the page carries; it knows numbers, vectors and
// matrices, and no function but exp, ln and those of the normal distribution.
const Vitrine = (() => {
  const size = (shape) => shape.reduce((a, b) => a * b, 1);
  const number = (value) => ({ shape: [], at: [value] });
  const map = (x, f) => ({ shape: x.shape, at: x.at.map(f) });

  const pair = (a, b, f) => {
    const of = a.shape.length ? a : b;
    const pick = (x, k) => x.at[x.shape.length ? k : 0];
    return { shape: of.shape, at: of.at.map((_, k) => f(pick(a, k), pick(b, k))) };
  };

  const product = (a, b) => {
    if (!a.shape.length || !b.shape.length) return pair(a, b, (x, y) => x * y);
    const dot = a.shape.length === 1 && b.shape.length === 1;
    const inner = dot ? a.at.length : a.shape.length === 1 ? 1 : a.shape[1];
    const rows = a.at.length / inner;
    const columns = b.at.length / inner;
    const at = new Array(rows * columns).fill(0);
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++)
        for (let k = 0; k < inner; k++)
          at[i * columns + j] += a.at[i * inner + k] * b.at[k * columns + j];
    if (dot) return { shape: [], at };
    if (b.shape.length === 1) return { shape: rows === 1 ? [] : [rows], at };
    return { shape: [rows, columns], at };
  };

  const transposed = (x) => {
    if (x.shape.length === 0) return x;
    if (x.shape.length === 1) return { shape: [1, x.shape[0]], at: x.at };
    const [rows, columns] = x.shape;
    if (rows === 1) return { shape: [columns], at: x.at };
    return {
      shape: [columns, rows],
      at: x.at.map((_, k) => x.at[(k % rows) * columns + Math.floor(k / rows)]),
    };
  };

  const density = (x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  // The distribution by its series about 0 (Marsaglia, 2004); beyond 8 it is 0 or 1.
  const cumulative = (x) => {
    if (Math.abs(x) > 8) return x < 0 ? 0 : 1;
    let sum = x;
    let term = x;
    for (let i = 3; Math.abs(term) > 1e-18; i += 2) sum += term *= (x * x) / i;
    return 0.5 + sum * density(x);
  };
  const plain = { exp: Math.exp, ln: Math.log, Phi: cumulative, phi: density };

  const folds = {
    SUM: (x) => number(x.at.reduce((a, b) => a + b, 0)),
    MEAN: (x) => number(x.at.reduce((a, b) => a + b, 0) / x.at.length),
    NORM2: (x) => number(Math.sqrt(x.at.reduce((a, b) => a + b * b, 0))),
    ONES: (x) => map(x, () => 1),
    TRANSPOSE: transposed,
  };
  const signs = {
    ADD: (a, b) => pair(a, b, (x, y) => x + y),
    SUBTRACT: (a, b) => pair(a, b, (x, y) => x - y),
    MULTIPLY: (a, b) => pair(a, b, (x, y) => x * y),
    HADAMARD: (a, b) => pair(a, b, (x, y) => x * y),
    DIVIDE: (a, b) => pair(a, b, (x, y) => x / y),
    PRODUCT: product,
  };

  const evaluate = (of, names, functions) => {
    const value = (e) => {
      switch (e.kind) {
        case "number": return number(e.value);
        case "array": return { shape: e.shape, at: e.at };
        case "name": return names[e.name];
        case "minus": return map(value(e.x), (v) => -v);
        case "power": return map(value(e.x), (v) => Math.pow(v, e.exponent));
        case "fold": return folds[e.fold](value(e.x));
        case "sign": return signs[e.sign](value(e.a), value(e.b));
        case "cases": {
          const conditions = e.conditions.map(([more, less]) =>
            pair(value(more), value(less), (a, b) => a > b));
          const holds = conditions.reduce((a, b) => pair(a, b, (x, y) => x && y));
          const chosen = pair(holds, value(e.value), (h, v) => (h ? v : undefined));
          return pair(chosen, value(e.otherwise), (v, o) => v ?? o);
        }
        default: {
          const f = plain[e.function];
          const body = functions[e.function];
          return map(value(e.x), f ?? ((v) => evaluate(body, { x: number(v) }, functions).at[0]));
        }
      }
    };
    return value(of);
  };

  const add = (a, b) => pair(a, b, (x, y) => x + y);

  // Values, local derivatives and gradients by their names, where the given names have numbers.
  const compute = (trace, given) => {
    const names = { ...given };
    const run = (e) => evaluate(e, names, trace.functions);
    for (const step of trace.steps) names[step.name] = run(step.formula);
    const locals = {};
    const plainNames = { ...names };
    for (const l of trace.locals) {
      const key = `${l.of}|${l.by}`;
      locals[key] = evaluate(l.formula, plainNames, trace.functions);
      if (!l.direct) names[l.symbol] = locals[key];
    }
    const gradients = {};
    for (const step of trace.backward) {
      gradients[step.name] = step.shares.length ? step.shares.map(run).reduce(add) : number(1);
      names[step.symbol] = gradients[step.name];
    }
    const values = {};
    for (const name of [...Object.keys(given), ...trace.steps.map((s) => s.name)]) {
      values[name] = names[name];
    }
    return { values, locals, gradients, names };
  };

  // A formula with its numbers put in, as one writes it before working it out.
  const SIGNS = {
    ADD: [" + ", 1], SUBTRACT: [" − ", 1], MULTIPLY: [" · ", 2],
    HADAMARD: [" ⊙ ", 2], DIVIDE: [" / ", 2], PRODUCT: [" · ", 2],
  };
  const FOLDS = { SUM: "sum", MEAN: "mean", NORM2: "norm2", ONES: "ones", TRANSPOSE: "transpose" };
  const FEW = 4;
  const written = (of, names) => {
    const wrap = (e, least) => {
      const [line, rank] = write(e);
      return rank < least ? `(${line})` : line;
    };
    const put = (value) => {
      const line = value.shape.length ? text(value) : digits(value.at[0], 6);
      return [line, line.startsWith("−") ? 0 : 4];
    };
    const write = (e) => {
      switch (e.kind) {
        case "number": return put(number(e.value));
        case "array": return put(e);
        case "name": return names[e.name].at.length > FEW ? [e.name, 4] : put(names[e.name]);
        case "minus": return [`−${wrap(e.x, 2)}`, 0];
        case "power": return [`${wrap(e.x, 4)}^${e.exponent < 0 ? `(${digits(e.exponent, 6)})` : e.exponent}`, 3];
        case "fold": return [`${FOLDS[e.fold]}(${wrap(e.x, 0)})`, 4];
        case "sign": {
          const [sign, rank] = SIGNS[e.sign];
          return [`${wrap(e.a, rank)}${sign}${wrap(e.b, ["ADD", "MULTIPLY"].includes(e.sign) ? rank : rank + 1)}`, rank];
        }
        case "cases": {
          const conditions = e.conditions.map(([more, less]) => `${wrap(more, 2)} > ${wrap(less, 2)}`);
          return [`${wrap(e.value, 1)} if ${conditions.join(" and ")}, else ${wrap(e.otherwise, 1)}`, 0];
        }
        default: return [`${e.function}(${wrap(e.x, 0)})`, 4];
      }
    };
    return wrap(of, 0);
  };

  const digits = (value, most) => {
    if (Number.isNaN(value)) return "not a number";
    if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
    return String(Number(value.toPrecision(most))).replace("e+", "e").replaceAll("-", "−");
  };
  const text = (x) => {
    if (!x.shape.length) return digits(x.at[0], 9);
    const columns = x.shape[x.shape.length - 1];
    const shown = x.at.slice(0, 64);
    const parts = shown.map(
      (v, k) => (k === 0 ? "" : k % columns === 0 ? "; " : ", ") + digits(v, 6));
    return `[${parts.join("")}${shown.length < x.at.length ? ", …" : ""}]`;
  };
  const brief = (x) => (x.shape.length ? x.shape.join("×") + (x.shape.length > 1 ? "" : "×1") : digits(x.at[0], 5));

  return { compute, text, brief, size, written };
})();

if (typeof document !== "undefined") {
  const trace = JSON.parse(document.getElementById("trace").textContent);
  const given = trace.given;
  const start = JSON.stringify(given);

  const find = (result, key) => {
    const [kind, ...rest] = key.split(":");
    const name = rest.join(":");
    return { value: result.values, gradient: result.gradients, local: result.locals }[kind][name];
  };

  const formulas = new Map([
    ...trace.steps.map((s) => [`value:${s.name}`, [s.formula]]),
    ...trace.locals.map((l) => [`local:${l.of}|${l.by}`, [l.formula]]),
    ...trace.backward.map((b) => [`gradient:${b.name}`, b.shares]),
  ]);
  const unfold = (result) => {
    for (const place of document.querySelectorAll("[data-worked]")) {
      const terms = formulas.get(place.dataset.worked) ?? [];
      const line = terms.map((e) => Vitrine.written(e, result.names)).join(" + ");
      const end = Vitrine.text(find(result, place.dataset.worked));
      place.textContent = line === end ? `= ${end}` : `= ${line} = ${end}`;
    }
  };

  const show = () => {
    const result = Vitrine.compute(trace, given);
    unfold(result);
    for (const place of document.querySelectorAll("[data-number]")) {
      const found = find(result, place.dataset.number);
      if (!found) continue;
      const written = place.dataset.brief ? Vitrine.brief(found) : Vitrine.text(found);
      if (place.textContent !== written) {
        place.textContent = written;
        place.classList.remove("new");
        void place.getBoundingClientRect();
        place.classList.add("new");
      }
    }
    document.body.classList.toggle("changed", JSON.stringify(given) !== start);
  };

  // A number is dragged sideways, or moved by the arrow keys: a hundredth of its size each time.
  const scrub = (input) => {
    const now = () => Number(input.value.trim().replace("−", "-"));
    const step = (value) => 10 ** Math.max(-2, Math.floor(Math.log10(Math.abs(value) || 1)) - 1);
    const become = (value, size) => {
      input.value = String(Number(value.toFixed(Math.max(0, -Math.log10(size)) + 1)));
      input.dispatchEvent(new Event("input"));
    };
    let from = null;
    input.addEventListener("pointerdown", (event) => {
      if (Number.isFinite(now())) {
        from = { x: event.clientX, value: now(), size: step(now()), moved: false };
        input.setPointerCapture(event.pointerId);
      }
    });
    input.addEventListener("pointermove", (event) => {
      if (from && (from.moved || Math.abs(event.clientX - from.x) > 3)) {
        from.moved = true;
        become(from.value + Math.round((event.clientX - from.x) / 3) * from.size, from.size);
      }
    });
    const end = () => (from = null);
    input.addEventListener("pointerup", end);
    input.addEventListener("pointercancel", end);
    input.addEventListener("keydown", (event) => {
      const way = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
      if (way && Number.isFinite(now())) {
        become(now() + way * step(now()), step(now()));
        event.preventDefault();
      }
    });
  };

  for (const input of document.querySelectorAll("input[data-given]")) {
    const { given: name, element } = input.dataset;
    input.addEventListener("input", () => {
      const typed = input.value.trim().replace("−", "-");
      const good = typed !== "" && Number.isFinite(Number(typed));
      input.setAttribute("aria-invalid", String(!good));
      if (good) {
        given[name].at[Number(element)] = Number(typed);
        show();
      }
    });
    scrub(input);
  }
  unfold(Vitrine.compute(trace, given));
  document.getElementById("reset").addEventListener("click", () => {
    Object.assign(given, JSON.parse(start));
    for (const input of document.querySelectorAll("input[data-given]")) {
      input.value = given[input.dataset.given].at[Number(input.dataset.element)];
      input.setAttribute("aria-invalid", "false");
    }
    show();
  });

  // The ways from the objective to a name, and no others, stay lit.
  const figure = document.querySelector("svg.trace");
  const light = (name) => {
    const lit = new Set(name ? [name] : []);
    let grown = name ? 1 : 0;
    while (grown) {
      grown = 0;
      for (const edge of trace.edges) {
        if (lit.has(edge.from) && !lit.has(edge.to)) {
          lit.add(edge.to);
          grown++;
        }
      }
    }
    figure.classList.toggle("lighting", lit.size > 0);
    for (const part of figure.querySelectorAll("[data-node]")) {
      part.classList.toggle("lit", lit.has(part.dataset.node));
    }
    for (const part of figure.querySelectorAll("[data-from]")) {
      part.classList.toggle("lit", lit.has(part.dataset.from) && lit.has(part.dataset.to));
    }
  };
  for (const node of figure.querySelectorAll("[data-node]")) {
    node.addEventListener("mouseenter", () => light(node.dataset.node));
    node.addEventListener("mouseleave", () => light(""));
    node.addEventListener("focus", () => light(node.dataset.node));
    node.addEventListener("blur", () => light(""));
  }
}
