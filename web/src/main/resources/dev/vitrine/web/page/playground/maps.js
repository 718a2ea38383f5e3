// Every unit's output over the plane, on a grid; of a curve along its axis. And the colours of numbers and classes.

export const SIDE = 64;

export class Maps {
  constructor(lab) {
    const { a, b } = lab.extent;
    this.flat = lab.inputs === 1;
    this.rows = this.flat ? 1 : SIDE;
    this.inputs = [];
    for (let row = 0; row < this.rows; row++) {
      for (let column = 0; column < SIDE; column++) {
        const x = a[0] + ((column + 0.5) / SIDE) * (a[1] - a[0]);
        const y = b[1] - ((row + 0.5) / SIDE) * (b[1] - b[0]);
        this.inputs.push(lab.read(x, this.flat ? 0 : y));
      }
    }
    /** [layer][unit]: the inputs first, then each layer's outputs. */
    this.values = lab.network.sizes.map((units) => Array.from({ length: units }, () => new Float32Array(this.rows * SIDE)));
    this.inputs.forEach((x, at) => x.forEach((each, i) => (this.values[0][i][at] = each)));
  }

  compute(network) {
    const count = this.inputs.length;
    for (let at = 0; at < count; at++) {
      network.outputs[0].set(this.inputs[at]);
      network.forward();
      for (let l = 1; l < network.outputs.length; l++) {
        const out = network.outputs[l], into = this.values[l];
        for (let u = 0; u < out.length; u++) {
          into[u][at] = out[u];
        }
      }
    }
  }
}

const PALE = { light: [250, 250, 248], dark: [38, 41, 48] };
const LOW = { light: [33, 105, 180], dark: [95, 165, 235] };
const HIGH = { light: [226, 120, 10], dark: [245, 150, 50] };

/** Of each class its colour and its mark, so that no colour is needed to tell them. */
export const CLASS_COLOURS = {
  light: [[33, 105, 180], [226, 120, 10], [30, 140, 80], [150, 60, 160], [180, 40, 50], [110, 90, 30]],
  dark: [[95, 165, 235], [245, 150, 50], [85, 200, 130], [205, 125, 215], [240, 110, 110], [200, 175, 90]],
};

export const theme = () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

export const css = ([r, g, b], alpha = 1) => `rgb(${r} ${g} ${b} / ${alpha})`;

/** The colour of a number from −1 to 1. */
export function colour(value, of = theme()) {
  const end = value < 0 ? LOW[of] : HIGH[of];
  const share = Math.min(1, Math.abs(value)) ** 0.8;
  return PALE[of].map((each, i) => Math.round(each + share * (end[i] - each)));
}

const tables = new Map();

function table(of) {
  if (!tables.has(of)) {
    tables.set(of, Array.from({ length: 257 }, (_, i) => colour((i - 128) / 128, of)));
  }
  return tables.get(of);
}

/** Paints numbers, of which `scale` is the largest in size. */
export function paint(context, values, scale, of) {
  const image = context.createImageData(SIDE, SIDE);
  const colours = table(of), data = image.data;
  for (let i = 0; i < values.length; i++) {
    const [r, g, b] = colours[Math.round(128 + 128 * Math.max(-1, Math.min(1, values[i] / scale || 0)))];
    data[4 * i] = r;
    data[4 * i + 1] = g;
    data[4 * i + 2] = b;
    data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

/** Paints the mixture of classes that logits, or outputs, say. */
export function paintClasses(context, outputs, soft, of) {
  const image = context.createImageData(SIDE, SIDE);
  const data = image.data, colours = CLASS_COLOURS[of], pale = PALE[of];
  for (let i = 0; i < outputs[0].length; i++) {
    const most = outputs.reduce((top, each) => Math.max(top, each[i]), -Infinity);
    const shares = outputs.map((each) => (soft ? Math.exp(each[i] - most) : Math.exp(4 * (each[i] - most))));
    const sum = shares.reduce((all, each) => all + each, 0);
    for (let c = 0; c < 3; c++) {
      const mixed = shares.reduce((all, share, k) => all + (share / sum) * colours[k][c], 0);
      data[4 * i + c] = pale[c] + 0.6 * (mixed - pale[c]);
    }
    data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

/** What a unit's numbers are divided by for its colours: 1 for those that end at ±1. */
export function scaleOf(values, activation) {
  if (["tanh", "sigmoid", "step"].includes(activation)) {
    return 1;
  }
  let most = 1e-6;
  for (const value of values) {
    most = Math.max(most, Math.abs(value));
  }
  return most;
}

/** The decision of one output from −1 to 1: of cross-entropy 2σ(z) − 1, of a sigmoid 2h − 1. */
export function decision(lab) {
  if (lab.task === "numbers") {
    const most = Math.max(1e-6, ...lab.points.map(({ t }) => Math.abs(t)));
    return (y) => y / most;
  }
  if (lab.settings.loss === "binary-cross-entropy") {
    return (y) => Math.tanh(y / 2);
  }
  return lab.settings.output === "sigmoid" ? (y) => 2 * y - 1 : (y) => y;
}
