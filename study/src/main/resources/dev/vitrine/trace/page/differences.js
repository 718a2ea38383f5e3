// Difference quotients by Ridders' extrapolation, as the engine's traces are checked by; where the two
// sides disagree, each by itself.
const Differences = (() => {
  const STEPS = 10;
  const SHRINK = 1.4;

  const ridders = (f, x, first) => {
    const table = [];
    let best = { value: NaN, error: Infinity, rounding: 0 };
    for (let i = 0, h = first; i < STEPS; i++, h /= SHRINK) {
      const [above, below] = [f(x + h), f(x - h)];
      const column = [(above - below) / (2 * h)];
      const rounding = 2 ** -52 * Math.max(Math.abs(above), Math.abs(below)) / h;
      for (let j = 1, factor = SHRINK * SHRINK; j <= i; j++, factor *= SHRINK * SHRINK) {
        column[j] = (column[j - 1] * factor - table[i - 1][j - 1]) / (factor - 1);
        const error = Math.max(
          Math.abs(column[j] - column[j - 1]), Math.abs(column[j] - table[i - 1][j - 1]));
        if (error <= best.error) best = { value: column[j], error, rounding };
      }
      table.push(column);
    }
    // Two columns may agree by chance: no quotient is surer than the rounding of its two values.
    return { value: best.value, error: Math.max(best.error, best.rounding) };
  };

  // The surest of several starts: a function may end nearby, or change within a step.
  const quotient = (f, x) => {
    let best = { value: NaN, error: Infinity };
    for (let h = 0.1 * Math.max(Math.abs(x), 0.1); h > 1e-9; h /= 10) {
      const tried = ridders(f, x, h);
      if (tried.error < best.error) best = tried;
      if (best.error < 1e-11 * Math.max(Math.abs(best.value), 1e-3)) break;
    }
    return best;
  };

  const isKink = (f, x, claimed) => {
    const h = 1e-6 * Math.max(Math.abs(x), 1);
    const [left, right] = [(f(x) - f(x - h)) / h, (f(x + h) - f(x)) / h];
    const slack = 1e-4 * (Math.abs(left) + Math.abs(right)) + 1e-6;
    return Math.abs(left - right) > slack
      && claimed >= Math.min(left, right) - slack && claimed <= Math.max(left, right) + slack;
  };

  // What derivatives are beside a function's differences: "same", "kink", "other" or "none".
  const judge = (derivative, at, f) => {
    let said = "same";
    // No steps are small beside what is not finite.
    if (![...at.at, ...derivative.at].every(Number.isFinite)) return "none";
    for (let k = 0; k < at.at.length; k++) {
      const line = (x) => f({ shape: at.shape, at: at.at.with(k, x) });
      const claimed = derivative.at[k];
      const { value, error } = quotient(line, at.at[k]);
      if (Math.abs(claimed - value) <= 1e-6 * Math.abs(claimed) + 10 * error + 1e-9) continue;
      if (!isKink(line, at.at[k], claimed)) return "other";
      said = "kink";
    }
    return said;
  };

  return { judge };
})();
