// What is played with: settings, points, a network, its training. No page is known here, so that tests can play too.
import { KINDS, extent, generate, testPoints } from "./data.js";
import { ACTIVATIONS, FEATURES, Network } from "./network.js";
import { LOSSES, OPTIMIZERS, Training } from "./training.js";
import { RULES, RuleTraining, begin } from "./rules.js";

export const DEFAULTS = {
  data: "circles", count: 200, noise: 0.1, classes: 2, dataSeed: 1, share: 0.25,
  features: ["x1", "x2"], hidden: [4, 2], activation: "tanh", output: "identity",
  loss: "binary-cross-entropy", rule: "gradient", optimizer: "sgd", rate: 0.1, momentum: 0, decay: 0, batch: 10,
  init: "lecun-uniform", number: 0.5, seed: 42, stop: 0,
};

const CURVES = 1500;

export class Lab {
  constructor(given = {}) {
    this.own = null;
    this.set(given, DEFAULTS);
  }

  /** Takes settings over and begins anew; `own` are points of one's own: { points, classes, inputs, task }. */
  set(changed, from = this.settings) {
    const { own, ...settings } = changed;
    this.own = own ?? this.own;
    this.settings = { ...from, ...settings };
    this.agree();
    const s = this.settings;
    this.points = s.data === "own" ? this.own.points : generate(s.data, { ...s, classes: this.classes });
    this.extent = extent(this.points);
    const rows = this.points.map((point, i) => ({ x: this.read(point.a, point.b), t: this.target(point.t), i }));
    this.held = s.rule === "gradient" && s.share > 0 ? testPoints(this.points, s.share) : new Uint8Array(this.points.length);
    this.train = rows.filter(({ i }) => !this.held[i]);
    this.test = rows.filter(({ i }) => this.held[i]);
    this.network = new Network([s.features.length, ...s.hidden, this.outputs], this.activations());
    this.restart();
  }

  /** Settings that cannot stand beside one another are brought together. */
  agree() {
    const s = this.settings;
    if (s.data === "own" && !this.own) {
      this.own = { points: [], classes: 2, inputs: 2, task: "classes" };
    }
    const kind = s.data === "own" ? this.own : KINDS[s.data];
    this.task = kind.task;
    this.inputs = kind.inputs;
    this.classes = this.task === "numbers" ? 0 : s.data === "own" ? this.own.classes : kind.many ? s.classes : 2;
    s.features = s.features.filter((name) => this.inputs === 2 || /1$/.test(name));
    if (s.features.length === 0) {
      s.features = this.inputs === 2 ? ["x1", "x2"] : ["x1"];
    }
    if (s.rule !== "gradient" && s.rule !== "adaline" && this.classes !== 2) {
      s.rule = "gradient";
    }
    if (s.rule === "adaline" && this.classes > 2) {
      s.rule = "gradient";
    }
    if (s.rule !== "gradient") {
      s.hidden = s.rule === "madaline" ? [s.hidden[0] ?? 2] : [];
      s.output = s.rule === "adaline" ? "identity" : "step";
      s.loss = "mse";
      return;
    }
    if (s.activation === "step") {
      s.activation = "tanh";
    }
    const losses = this.losses();
    s.loss = losses.includes(s.loss) ? s.loss : losses[0];
    if (s.loss !== "mse" || !["identity", "tanh", "sigmoid"].includes(s.output)) {
      s.output = "identity";
    }
  }

  losses() {
    return this.task === "numbers" ? ["mse"] : this.classes > 2 ? ["cross-entropy", "mse"] : ["binary-cross-entropy", "mse", "hinge"];
  }

  get outputs() {
    return this.classes > 2 ? this.classes : 1;
  }

  activations() {
    const s = this.settings;
    const hidden = s.rule === "madaline" ? "step" : s.activation;
    return [...s.hidden.map(() => hidden), s.output];
  }

  /** What the network reads of a point; rounded as the engine has it. */
  read(a, b) {
    return this.settings.features.map((name) => Math.fround(Number(FEATURES[name].f(a, b).toPrecision(7))));
  }

  /** What the output is compared with: a class for cross-entropy, else a number for each output. */
  target(t) {
    const s = this.settings;
    if (this.task === "numbers") {
      return [Math.fround(t)];
    }
    if (this.classes > 2) {
      return s.loss === "cross-entropy" ? t : Array.from({ length: this.classes }, (_, i) => (i === t ? 1 : 0));
    }
    return [t === 1 ? 1 : this.zeroOne ? 0 : -1];
  }

  /** Whether the two classes are the numbers 0 and 1, and not −1 and 1. */
  get zeroOne() {
    return this.settings.loss === "binary-cross-entropy" || this.settings.output === "sigmoid";
  }

  restart() {
    const s = this.settings;
    if (s.rule === "gradient") {
      this.network.start(s.init, s.seed, s.number);
    } else {
      begin(this.network, s.seed);
    }
    this.begun = Float64Array.from(this.network.parameters);
    this.changed = "";
    this.training = new (s.rule === "gradient" ? Training : RuleTraining)(this.network, this.train, s);
    this.forget();
  }

  /** Back to the very weights that it began with. */
  rewind() {
    this.network.parameters.set(this.begun);
    this.training.rewind();
    this.changed = this.changed === "start" ? "start" : "";
    this.forget();
  }

  forget() {
    this.wrong = "";
    this.history = [];
    this.every = 1;
    this.note();
  }

  /** A rate, a momentum or a decay changes on the way; everything else begins anew. */
  tune(changed) {
    const memories = this.training.memory.length;
    Object.assign(this.settings, changed);
    const { optimizer } = this.training;
    if (optimizer && optimizer.memories(this.settings) !== memories) {
      const length = this.network.parameters.length;
      this.training.memory = Array.from({ length: optimizer.memories(this.settings) }, (_, i) => this.training.memory[i] ?? new Float64Array(length));
    }
    if (this.training.step > 0) {
      this.changed = "way";
    }
  }

  /** Other points of one's own; a start that was set by hand stays. */
  take(own) {
    const begun = this.changed === "start" ? this.begun : null;
    this.set({ data: "own", own });
    if (begun?.length === this.begun.length) {
      this.begun = begun;
      this.changed = "start";
      this.rewind();
    }
  }

  /** A hand on a weight. */
  put(index, value) {
    this.network.parameters[index] = value;
    if (this.training.step === 0) {
      this.begun[index] = value;
      this.changed = "start";
      this.history = [];
      this.note();
    } else {
      this.changed = "way";
    }
  }

  step() {
    const before = this.training.epoch;
    this.training.advance();
    if (!this.network.parameters.every((each) => Math.abs(each) < 1e12)) {
      this.wrong = "The weights have grown beyond a million millions: the rate is too large. Rewind, and take a smaller one.";
    }
    if (this.training.epoch !== before) {
      this.note();
    }
  }

  get done() {
    const { stop } = this.settings;
    return Boolean(this.wrong) || Boolean(this.training.done) || (stop > 0 && this.training.epoch >= stop);
  }

  /** Loss of both parts at this epoch's end; of long trainings every second, fourth, … epoch is kept. */
  note() {
    const epoch = this.training.epoch;
    if (epoch % this.every === 0) {
      this.history.push({ epoch, train: this.measure(this.train).loss, test: this.measure(this.test).loss });
    }
    if (this.history.length > CURVES) {
      this.every *= 2;
      this.history = this.history.filter((each) => each.epoch % this.every === 0);
    }
  }

  /** The answer for what a point is read as: the output layer's array, changed by the next call. */
  answer(x) {
    this.network.outputs[0].set(x);
    return this.network.forward();
  }

  /** The class that an output says; of numbers nothing. */
  decide(output) {
    if (this.classes > 2) {
      return output.indexOf(Math.max(...output));
    }
    return output[0] >= (this.settings.output === "sigmoid" ? 0.5 : 0) ? 1 : 0;
  }

  /** Mean loss and share right of some examples; of none null. */
  measure(examples) {
    if (examples.length === 0) {
      return { loss: null, right: null };
    }
    const adaline = this.settings.rule === "adaline";
    const { value } = LOSSES[this.settings.loss];
    let loss = 0, right = 0;
    for (const { x, t, i } of examples) {
      const output = this.answer(x);
      loss += value(output, t);
      right += this.task === "classes" && this.decide(output) === this.points[i].t ? 1 : 0;
    }
    return { loss: loss / examples.length, right: this.task === "classes" ? right / examples.length : null, adaline };
  }

  /** Units of ReLUs that are 0 at every point: nothing reaches them any more. */
  deadUnits() {
    const quiet = this.network.layers.slice(0, -1).map(({ units }) => new Uint8Array(units).fill(1));
    if (this.settings.rule !== "gradient" || this.settings.activation !== "relu" || this.train.length === 0) {
      return [];
    }
    for (const { x } of this.train) {
      this.answer(x);
      quiet.forEach((layer, l) => layer.forEach((_, u) => (layer[u] &= this.network.sums[l][u] > 0 ? 0 : 1)));
    }
    return quiet.flatMap((layer, l) => [...layer.keys()].filter((u) => layer[u]).map((unit) => ({ layer: l, unit })));
  }
}

export { ACTIVATIONS, FEATURES, KINDS, LOSSES, OPTIMIZERS, RULES };
