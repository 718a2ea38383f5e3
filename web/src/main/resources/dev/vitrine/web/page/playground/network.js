// Layers of units: z = W·x + b, h = f(z). All parameters lie in one array, layer after layer, weights before biases and row by
// row, as the engine lays them out. Nothing here knows of a page.
import { stream } from "./random.js";

/** f and, from z and h, its derivative. The names are those of network files. */
export const ACTIVATIONS = {
  identity: { title: "linear: z", f: (z) => z, slope: () => 1, text: (z) => z },
  tanh: { title: "tanh", f: Math.tanh, slope: (z, h) => 1 - h * h, text: (z) => `tanh(${z})` },
  sigmoid: { title: "sigmoid σ", f: (z) => 1 / (1 + Math.exp(-z)), slope: (z, h) => h * (1 - h), text: (z) => `σ(${z})` },
  relu: { title: "ReLU: max(0, z)", f: (z) => (z > 0 ? z : 0), slope: (z) => (z > 0 ? 1 : 0), text: (z) => `max(0, ${z})` },
  leaky_relu: { title: "leaky ReLU", f: (z) => (z > 0 ? z : 0.01 * z), slope: (z) => (z > 0 ? 1 : 0.01), text: (z) => `lrelu(${z})` },
  elu: { title: "ELU", f: (z) => (z > 0 ? z : Math.expm1(z)), slope: (z, h) => (z > 0 ? 1 : h + 1), text: (z) => `elu(${z})` },
  softplus: {
    title: "softplus",
    f: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
    slope: (z) => 1 / (1 + Math.exp(-z)),
    text: (z) => `ln(1 + exp(${z}))`,
  },
  silu: {
    title: "SiLU: z·σ(z)",
    f: (z) => z / (1 + Math.exp(-z)),
    slope: (z) => (1 + z / (1 + Math.exp(z))) / (1 + Math.exp(-z)),
    text: (z) => `${z}·σ(${z})`,
  },
  step: { title: "threshold: ±1", f: (z) => (z >= 0 ? 1 : -1), slope: () => 0, text: (z) => `sign(${z})` },
};

/** What a unit of the first layer can read of a point. */
export const FEATURES = {
  x1: { title: "x₁", f: (a) => a },
  x2: { title: "x₂", f: (a, b) => b },
  sq1: { title: "x₁²", f: (a) => a * a },
  sq2: { title: "x₂²", f: (a, b) => b * b },
  prod: { title: "x₁x₂", f: (a, b) => a * b },
  sin1: { title: "sin 2x₁", f: (a) => Math.sin(2 * a) },
  sin2: { title: "sin 2x₂", f: (a, b) => Math.sin(2 * b) },
};

export class Network {
  /** @param sizes inputs, units of each layer; @param activations the name of each layer's */
  constructor(sizes, activations) {
    this.sizes = sizes;
    this.layers = [];
    let at = 0;
    for (let l = 1; l < sizes.length; l++) {
      const [inputs, units] = [sizes[l - 1], sizes[l]];
      this.layers.push({ inputs, units, weights: at, biases: at + inputs * units, activation: activations[l - 1], ...ACTIVATIONS[activations[l - 1]] });
      at += (inputs + 1) * units;
    }
    this.parameters = new Float64Array(at);
    this.gradients = new Float64Array(at);
    /** Of the newest point: what went in, then each layer's outputs; and their sums. */
    this.outputs = sizes.map((size) => new Float64Array(size));
    this.sums = sizes.slice(1).map((size) => new Float64Array(size));
    this.errors = sizes.slice(1).map((size) => new Float64Array(size));
  }

  get output() {
    return this.outputs[this.layers.length];
  }

  /** From `outputs[0]` to the output. */
  forward() {
    const w = this.parameters;
    for (let l = 0; l < this.layers.length; l++) {
      const { inputs, units, weights, biases, f } = this.layers[l];
      const x = this.outputs[l], z = this.sums[l], h = this.outputs[l + 1];
      for (let u = 0; u < units; u++) {
        let sum = w[biases + u];
        for (let i = 0, at = weights + u * inputs; i < inputs; i++) {
          sum += w[at + i] * x[i];
        }
        z[u] = sum;
        h[u] = f(sum);
      }
    }
    return this.output;
  }

  /** Adds the gradients of the newest point, `errors` of the last layer being ∂L/∂output times `factor`. */
  backward(factor = 1) {
    const w = this.parameters, g = this.gradients;
    for (let l = this.layers.length - 1; l >= 0; l--) {
      const { inputs, units, weights, biases, slope } = this.layers[l];
      const x = this.outputs[l], z = this.sums[l], h = this.outputs[l + 1], error = this.errors[l];
      const below = l > 0 ? this.errors[l - 1].fill(0) : null;
      for (let u = 0; u < units; u++) {
        const d = error[u] * slope(z[u], h[u]) * (l === this.layers.length - 1 ? factor : 1);
        g[biases + u] += d;
        for (let i = 0, at = weights + u * inputs; i < inputs; i++) {
          g[at + i] += d * x[i];
          if (below) {
            below[i] += d * w[at + i];
          }
        }
      }
    }
  }

  /** Draws the weights as the engine does, element by element; biases are 0, or the number of a constant start of all. */
  start(init, seed, number = 0.5) {
    const rule = /^(lecun|xavier|kaiming)-(uniform|normal)$/.exec(init);
    this.layers.forEach(({ inputs, units, weights, biases }, l) => {
      const random = stream(seed, `init linear${l + 1}.weight`);
      const variance = rule && (rule[1] === "lecun" ? 1 / inputs : rule[1] === "kaiming" ? 2 / inputs : 2 / (inputs + units));
      for (let i = 0; i < inputs * units; i++) {
        const drawn = !rule
          ? number
          : rule[2] === "uniform"
            ? random.uniform(i, -Math.sqrt(3 * variance), Math.sqrt(3 * variance))
            : Math.sqrt(variance) * random.normal(i);
        this.parameters[weights + i] = Math.fround(drawn);
      }
      this.parameters.fill(0, biases, biases + units);
    });
  }

  /** What a parameter is: its layer, unit, and the input that it weighs, −1 for a bias. */
  place(index) {
    const l = this.layers.findIndex(({ biases, units }) => index < biases + units);
    const { inputs, weights, biases } = this.layers[l];
    return index >= biases
      ? { layer: l, unit: index - biases, input: -1 }
      : { layer: l, unit: Math.floor((index - weights) / inputs), input: (index - weights) % inputs };
  }
}

/** One affine map in place of layers without a curve: { weights: [outputs][inputs], biases }, or null where a curve is. */
export function collapsed(network) {
  const hidden = network.layers.slice(0, -1);
  if (hidden.length === 0 || hidden.some(({ activation }) => activation !== "identity")) {
    return null;
  }
  const p = network.parameters;
  let weights = null, biases = null;
  for (const { inputs, units, weights: w, biases: b } of network.layers) {
    const rows = Array.from({ length: units }, (_, u) => Array.from(p.subarray(w + u * inputs, w + (u + 1) * inputs)));
    const own = Array.from(p.subarray(b, b + units));
    biases = own.map((bias, u) => bias + (biases ? rows[u].reduce((sum, each, i) => sum + each * biases[i], 0) : 0));
    weights = weights ? rows.map((row) => weights[0].map((_, j) => row.reduce((sum, each, i) => sum + each * weights[i][j], 0))) : rows;
  }
  return { weights, biases };
}

/** Pairs of units of one hidden layer that are copies: equal numbers in, equal numbers out. */
export function copies(network) {
  const p = network.parameters;
  const found = [];
  network.layers.slice(0, -1).forEach(({ inputs, units, weights, biases }, l) => {
    const next = network.layers[l + 1];
    const near = (x, y) => Math.abs(x - y) <= 1e-9 * (1 + Math.abs(x));
    const alike = (u, v) =>
      near(p[biases + u], p[biases + v]) &&
      Array.from({ length: inputs }, (_, i) => i).every((i) => near(p[weights + u * inputs + i], p[weights + v * inputs + i])) &&
      Array.from({ length: next.units }, (_, n) => next.weights + n * next.inputs).every((at) => near(p[at + u], p[at + v]));
    for (let v = 1; v < units; v++) {
      const of = Array.from({ length: v }, (_, u) => u).find((u) => alike(u, v));
      if (of !== undefined) {
        found.push({ layer: l, unit: v, of });
      }
    }
  });
  return found;
}
