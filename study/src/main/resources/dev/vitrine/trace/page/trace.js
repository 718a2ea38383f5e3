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

  // Gradients by their names; cut names one that is gone on from after its first user alone.
  const backward = (trace, names, cut) => {
    const all = { ...names };
    const gradients = {};
    for (const step of trace.backward) {
      const shares = step.name === cut ? step.shares.slice(0, 1) : step.shares;
      gradients[step.name] = shares.length
        ? shares.map((e) => evaluate(e, all, trace.functions)).reduce(add)
        : number(1);
      all[step.symbol] = gradients[step.name];
    }
    return { gradients, all };
  };

  // Given names and results where some names have other numbers, the results among them.
  const forward = (trace, given, other = {}) => {
    const names = { ...given, ...other };
    for (const step of trace.steps) {
      names[step.name] = other[step.name] ?? evaluate(step.formula, names, trace.functions);
    }
    return names;
  };

  // All numbers of a page where the given names have theirs, by the letters of their kinds.
  const compute = (trace, given, rate) => {
    const values = forward(trace, given);
    const objective = trace.steps.at(-1).name;
    const locals = {};
    const symbols = { ...values };
    for (const l of trace.locals) {
      const local = evaluate(l.formula, values, trace.functions);
      locals[`${l.of}|${l.by}`] = local;
      if (!l.direct) symbols[l.symbol] = local;
    }
    const { gradients, all } = backward(trace, symbols, "");
    const early = trace.shared ? backward(trace, symbols, trace.shared).gradients : {};
    const paths = trace.paths.map((path) =>
      number(path.slice(1).reduce((p, by, i) => p * locals[`${path[i]}|${by}`].at[0], 1)));
    const names = { ...all, "η:": number(rate ?? trace.rate ?? 0) };
    const after = {};
    for (const line of trace.update) after[line.name] = evaluate(line.formula, names, trace.functions);
    const stepped = { end: forward(trace, { ...given, ...after })[objective] };
    return { values, locals, gradients, early, paths, after, stepped, names };
  };

  return { evaluate, forward, compute };
})();
