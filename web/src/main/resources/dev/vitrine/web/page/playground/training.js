// Losses, optimisers and the loop: the engine's formulas (dev.vitrine.nn.Loss, dev.vitrine.optim), its batches and its orders.
import { stream } from "./random.js";

/** Each: the number for one point, and ∂L/∂output into `error`. `t` is the target as numbers, or a class for cross-entropy. */
export const LOSSES = {
  mse: {
    title: "squared error",
    value: (y, t) => y.reduce((sum, each, i) => sum + (each - t[i]) ** 2, 0) / y.length,
    slope: (y, t, error) => y.forEach((each, i) => (error[i] = (2 * (each - t[i])) / y.length)),
  },
  "binary-cross-entropy": {
    title: "cross-entropy",
    value: (y, t) => y.reduce((sum, z, i) => sum + Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - t[i] * z, 0) / y.length,
    slope: (y, t, error) => y.forEach((z, i) => (error[i] = (1 / (1 + Math.exp(-z)) - t[i]) / y.length)),
  },
  hinge: {
    title: "hinge",
    value: (y, t) => y.reduce((sum, each, i) => sum + Math.max(0, 1 - t[i] * each), 0) / y.length,
    slope: (y, t, error) => y.forEach((each, i) => (error[i] = 1 - t[i] * each > 0 ? -t[i] / y.length : 0)),
  },
  "cross-entropy": {
    title: "cross-entropy",
    value: (y, t) => logSum(y) - y[t],
    slope: (y, t, error) => {
      const sum = logSum(y);
      y.forEach((z, i) => (error[i] = Math.exp(z - sum) - (i === t ? 1 : 0)));
    },
  },
};

function logSum(y) {
  let most = -Infinity, sum = 0;
  for (const z of y) {
    most = Math.max(most, z);
  }
  for (const z of y) {
    sum += Math.exp(z - most);
  }
  return most + Math.log(sum);
}

/** Each: how many arrays it remembers, and one update; `t` counts steps from 1. */
export const OPTIMIZERS = {
  sgd: {
    title: "gradient descent",
    memories: ({ momentum }) => (momentum === 0 ? 0 : 1),
    update(w, g, [v], { rate, momentum, decay }) {
      for (let i = 0; i < w.length; i++) {
        const d = g[i] + decay * w[i];
        if (v) {
          v[i] = momentum * v[i] + d;
        }
        w[i] -= rate * (v ? v[i] : d);
      }
    },
  },
  adam: {
    title: "Adam",
    memories: () => 2,
    update(w, g, [m, v], { rate, decay }, t) {
      const size = rate / (1 - 0.9 ** t), scale = 1 / Math.sqrt(1 - 0.999 ** t);
      for (let i = 0; i < w.length; i++) {
        const d = g[i] + decay * w[i];
        m[i] = 0.9 * m[i] + (1 - 0.9) * d;
        v[i] = 0.999 * v[i] + (1 - 0.999) * d * d;
        w[i] -= (size * m[i]) / (Math.sqrt(v[i]) * scale + 1e-8);
      }
    },
  },
  rmsprop: {
    title: "RMSProp",
    memories: () => 1,
    update(w, g, [v], { rate, decay }) {
      for (let i = 0; i < w.length; i++) {
        const d = g[i] + decay * w[i];
        v[i] = 0.99 * v[i] + (1 - 0.99) * d * d;
        w[i] -= (rate * d) / (Math.sqrt(v[i]) + 1e-8);
      }
    },
  },
};

/** A training by gradients: `network`, and examples { x, t } in their file's order. */
export class Training {
  constructor(network, examples, how) {
    this.network = network;
    this.examples = examples;
    this.how = how;
    this.batch = Math.min(how.batch, Math.max(1, examples.length));
    this.stepsPerEpoch = Math.max(1, Math.ceil(examples.length / this.batch));
    this.loss = LOSSES[how.loss];
    this.optimizer = OPTIMIZERS[how.optimizer];
    this.rewind();
  }

  rewind() {
    this.step = 0;
    this.orderOf = -1;
    this.memory = Array.from({ length: this.optimizer.memories(this.how) }, () => new Float64Array(this.network.parameters.length));
  }

  get epoch() {
    return Math.floor(this.step / this.stepsPerEpoch);
  }

  /** The points of a step, by their numbers. */
  batchAt(step) {
    const epoch = Math.floor(step / this.stepsPerEpoch);
    if (this.orderOf !== epoch) {
      this.order = stream(this.how.seed, "shuffle", epoch).permutation(this.examples.length);
      this.orderOf = epoch;
    }
    const from = (step % this.stepsPerEpoch) * this.batch;
    return this.order.subarray(from, from + this.batch);
  }

  /** The mean gradient of some points, into the network's. */
  gradient(chosen) {
    const { network, loss } = this;
    const error = network.errors[network.layers.length - 1];
    network.gradients.fill(0);
    for (const i of chosen) {
      network.outputs[0].set(this.examples[i].x);
      loss.slope(network.forward(), this.examples[i].t, error);
      network.backward(1 / chosen.length);
    }
  }

  advance() {
    if (this.examples.length > 0) {
      this.gradient(this.batchAt(this.step));
      this.optimizer.update(this.network.parameters, this.network.gradients, this.memory, this.how, this.step + 1);
      this.step++;
    }
  }

  /** The gradient of the whole, without a step. */
  look() {
    this.gradient(this.examples.map((_, i) => i));
  }
}
