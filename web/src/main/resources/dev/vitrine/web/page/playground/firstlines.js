// A unit of the first layer is 0 along a straight line, w₁·x₁ + w₂·x₂ + b = 0. Dragged near its middle the line moves (the
// bias changes), near its ends it turns (the weights change).

const NEAR = 0.025;

export class FirstLines {
  constructor() {
    this.held = null;
  }

  /** The lines: { w1, w2, b, at: [index of w1, of w2, of b] }, of networks that read x₁ and x₂ alone. */
  static of(lab) {
    if (lab.inputs !== 2 || String(lab.settings.features) !== "x1,x2") {
      return [];
    }
    const { units, weights, biases } = lab.network.layers[0];
    const p = lab.network.parameters;
    return Array.from({ length: units }, (_, u) => {
      const at = [weights + 2 * u, weights + 2 * u + 1, biases + u];
      return { w1: p[at[0]], w2: p[at[1]], b: p[at[2]], at };
    }).filter(({ w1, w2 }) => Math.hypot(w1, w2) > 1e-9);
  }

  /** The point of a line nearest to the picture's middle. */
  static foot({ w1, w2, b }, { a, b: reach }) {
    const x = (a[0] + a[1]) / 2, y = (reach[0] + reach[1]) / 2;
    const far = (w1 * x + w2 * y + b) / (w1 * w1 + w2 * w2);
    return [x - far * w1, y - far * w2];
  }

  draw(context, lab, { x, y, ink }, reach) {
    const long = 2 * (reach.a[1] - reach.a[0]) + 2 * (reach.b[1] - reach.b[0]);
    context.strokeStyle = ink;
    context.lineWidth = 1.4;
    context.setLineDash([6, 5]);
    for (const line of FirstLines.of(lab)) {
      const [fx, fy] = FirstLines.foot(line, reach), size = Math.hypot(line.w1, line.w2);
      const dx = (-line.w2 / size) * long, dy = (line.w1 / size) * long;
      context.beginPath();
      context.moveTo(x(fx - dx), y(fy - dy));
      context.lineTo(x(fx + dx), y(fy + dy));
      context.stroke();
    }
    context.setLineDash([]);
  }

  near(lab, a, b, reach) {
    const most = NEAR * (reach.a[1] - reach.a[0]);
    let best = null;
    for (const line of FirstLines.of(lab)) {
      const apart = Math.abs(line.w1 * a + line.w2 * b + line.b) / Math.hypot(line.w1, line.w2);
      if (apart < (best?.apart ?? most)) {
        best = { ...line, apart };
      }
    }
    return best;
  }

  /** Takes hold of the nearest line; whether there is one. */
  grab(lab, a, b, reach) {
    const line = this.near(lab, a, b, reach);
    if (line) {
      const foot = FirstLines.foot(line, reach);
      const turns = Math.hypot(a - foot[0], b - foot[1]) > 0.22 * (reach.a[1] - reach.a[0]);
      const side = Math.sign((a - foot[0]) * -line.w2 + (b - foot[1]) * line.w1) || 1;
      this.held = { at: line.at, foot, turns, side, size: Math.hypot(line.w1, line.w2) };
    }
    return line !== null;
  }

  /** The new numbers of the line that is held: pairs of index and value. */
  pull(lab, a, b) {
    const { at, foot, turns, side, size } = this.held;
    const p = lab.network.parameters;
    if (!turns) {
      return [[at[2], -(p[at[0]] * a + p[at[1]] * b)]];
    }
    const away = Math.hypot(a - foot[0], b - foot[1]) || 1e-9;
    const dx = (side * (a - foot[0])) / away, dy = (side * (b - foot[1])) / away;
    const w1 = size * dy, w2 = -size * dx;
    return [[at[0], w1], [at[1], w2], [at[2], -(w1 * foot[0] + w2 * foot[1])]];
  }
}
