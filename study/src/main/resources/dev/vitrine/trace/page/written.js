// Numbers as the page writes them, and formulas with their numbers put in.
const Written = (() => {
  const number = (value) => ({ shape: [], at: [value] });

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

  return { text, brief, line: written };
})();
