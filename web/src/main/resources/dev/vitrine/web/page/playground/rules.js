// How the first units learned, before gradients: the rules of `vitrine train --model perceptron|adaline|madaline`, row by row in
// the table's order (dev.vitrine.neuron.learning). Targets are −1 and 1, of Adaline any numbers.
import { stream } from "./random.js";

export const RULES = {
  perceptron: { title: "the perceptron's rule", formula: "where sign(z) ≠ d: w ← w + η·d·x" },
  adaline: { title: "least mean squares (Adaline)", formula: "w ← w + η·(d − z)·x" },
  madaline: {
    title: "Madaline rule II",
    formula: "where the output is wrong: turn the hidden unit with the least |z| that mends it, w ← w + η·(−sign(z) − z)·x/|x|², else two, else the output unit",
  },
};

const sign = (sum) => (sum >= 0 ? 1 : -1);

/** A training by a rule; a step is a row. */
export class RuleTraining {
  constructor(network, examples, how) {
    this.network = network;
    this.examples = examples;
    this.how = how;
    this.batch = 1;
    this.memory = [];
    this.stepsPerEpoch = Math.max(1, examples.length);
    this.rewind();
  }

  rewind() {
    this.step = 0;
  }

  get epoch() {
    return Math.floor(this.step / this.stepsPerEpoch);
  }

  batchAt(step) {
    return [step % this.stepsPerEpoch];
  }

  /** A unit that decides ends when every row is right. */
  get done() {
    return (
      this.how.rule !== "adaline" &&
      this.step % this.stepsPerEpoch === 0 &&
      this.examples.every(({ x, t }) => sign(this.sum(x)) === t[0])
    );
  }

  sum(x) {
    this.network.outputs[0].set(x);
    this.network.forward();
    return this.network.sums[this.network.layers.length - 1][0];
  }

  advance() {
    if (this.examples.length === 0 || this.done) {
      return;
    }
    const { x, t } = this.examples[this.step % this.stepsPerEpoch];
    const [d] = t;
    const sum = this.sum(x);
    if (this.how.rule === "adaline") {
      this.add(0, 0, this.how.rate * (d - sum));
    } else if (sign(sum) !== d) {
      if (this.how.rule === "perceptron") {
        this.add(0, 0, this.how.rate * d);
      } else {
        this.disturb(d);
      }
    }
    this.step++;
  }

  /** w ← w + factor·x of a unit, for what it read of the newest point. */
  add(layer, unit, factor) {
    const { inputs, weights, biases } = this.network.layers[layer];
    const w = this.network.parameters, x = this.network.outputs[layer];
    w[biases + unit] += factor;
    for (let i = 0; i < inputs; i++) {
      w[weights + unit * inputs + i] += factor * x[i];
    }
  }

  /** As little as mends it: one hidden unit, the least decided first, else two, else the output. */
  disturb(d) {
    const last = this.network.layers.length - 1;
    const sums = this.network.sums[0];
    const order = last === 0 ? [] : [...sums.keys()].sort((u, v) => Math.abs(sums[u]) - Math.abs(sums[v]));
    const pairs = order.flatMap((u, i) => order.slice(i + 1).map((v) => [u, v]));
    for (const units of [...order.map((u) => [u]), ...pairs]) {
      if (this.wouldMend(units, d)) {
        units.forEach((u) => this.toward(0, u, -this.network.outputs[1][u]));
        return;
      }
    }
    this.toward(last, 0, d);
  }

  wouldMend(units, d) {
    const { inputs, weights, biases } = this.network.layers[1];
    const w = this.network.parameters, h = this.network.outputs[1];
    let sum = w[biases];
    for (let i = 0; i < inputs; i++) {
      sum += w[weights + i] * (units.includes(i) ? -h[i] : h[i]);
    }
    return sign(sum) === d;
  }

  /** A step of least mean squares that does not depend on the row's length. */
  toward(layer, unit, wanted) {
    const square = this.network.outputs[layer].reduce((sum, x) => sum + x * x, 1);
    this.add(layer, unit, (this.how.rate * (wanted - this.network.sums[layer][unit])) / square);
  }

  look() {
    this.network.gradients.fill(0);
  }
}

/** The weights that a rule begins with: 0 of one unit, drawn of several, unit by unit with the bias first. */
export function begin(network, seed) {
  network.parameters.fill(0);
  if (network.layers.length === 1) {
    return;
  }
  const random = stream(seed, "first weights");
  let at = 0;
  for (const { inputs, units, weights, biases } of network.layers) {
    for (let u = 0; u < units; u++) {
      network.parameters[biases + u] = random.uniform(at++, -0.5, 0.5);
      for (let i = 0; i < inputs; i++) {
        network.parameters[weights + u * inputs + i] = random.uniform(at++, -0.5, 0.5);
      }
    }
  }
}
