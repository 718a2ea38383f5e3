// What is said of a state: formulas with their numbers in, and sentences.
import { ACTIVATIONS, FEATURES, collapsed, copies } from "./network.js";
import { RULES } from "./rules.js";

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";
const sub = (number) => String(number).replace(/\d/g, (digit) => SUBSCRIPTS[digit]);

/** Three figures, with a proper minus. */
export function figure(number, figures = 3) {
  if (!Number.isFinite(number)) {
    return String(number).replace("Infinity", "∞").replace("-", "−");
  }
  const size = Math.abs(number);
  const text = size !== 0 && (size < 1e-4 || size >= 1e6) ? number.toExponential(figures - 1) : String(Number(number.toPrecision(figures)));
  return text.replace("-", "−");
}

const inBrackets = (text) => (text.startsWith("−") ? `(${text})` : text);

export const percent = (share) => `${(100 * share).toFixed(1)}\u00a0%`;

/** What a unit is called: x₁, h₁,₂ (layer, unit), y. */
export function unitName(lab, layer, unit) {
  if (layer === 0) {
    return FEATURES[lab.settings.features[unit]].title;
  }
  if (layer === lab.network.layers.length) {
    return lab.outputs === 1 ? "y" : `y${sub(unit + 1)}`;
  }
  return `h${sub(layer)}﹐${sub(unit + 1)}`.replace("﹐", ",");
}

/** The same for the ear. */
export function unitSaid(lab, layer, unit) {
  if (layer === 0) {
    return `input ${FEATURES[lab.settings.features[unit]].title}`;
  }
  return layer === lab.network.layers.length ? (lab.outputs === 1 ? "the output" : `output ${unit + 1}`) : `unit ${unit + 1} of layer ${layer}`;
}

export function parameterName(lab, index) {
  const { layer, unit, input } = lab.network.place(index);
  const to = unitName(lab, layer + 1, unit);
  return input < 0 ? `bias of ${to}` : `weight ${unitName(lab, layer, input)} → ${to}`;
}

export function parameterSaid(lab, index) {
  const { layer, unit, input } = lab.network.place(index);
  const to = unitSaid(lab, layer + 1, unit);
  return input < 0 ? `bias of ${to}` : `weight from ${unitSaid(lab, layer, input)} to ${to}`;
}

/** A unit's value at a point, with all its numbers: lines of text. */
export function unitLines(lab, layer, unit, probe) {
  const network = lab.network;
  const x = lab.read(probe.a, probe.b);
  lab.answer(x);
  const name = unitName(lab, layer, unit);
  const at = lab.inputs === 1 ? `x₁ = ${figure(probe.a)}` : `x₁ = ${figure(probe.a)}, x₂ = ${figure(probe.b)}`;
  if (layer === 0) {
    return [`${name} = ${figure(x[unit])}   at ${at}`];
  }
  const { inputs, weights, biases, activation } = network.layers[layer - 1];
  const read = network.outputs[layer - 1], p = network.parameters;
  const terms = Array.from({ length: inputs }, (_, i) => i);
  const symbols = terms.map((i) => `w${sub(i + 1)}·${unitName(lab, layer - 1, i)}`).join(" + ");
  const numbers = terms.map((i) => `${inBrackets(figure(p[weights + unit * inputs + i]))}·${inBrackets(figure(read[i]))}`).join(" + ");
  const z = network.sums[layer - 1][unit], h = network.outputs[layer][unit];
  const lines = [`z = ${symbols} + b   at ${at}`, `  = ${numbers} + ${inBrackets(figure(p[biases + unit]))} = ${figure(z)}`];
  const { text } = ACTIVATIONS[activation];
  lines.push(activation === "identity" ? `${name} = z = ${figure(h)}` : `${name} = ${text("z")} = ${text(figure(z))} = ${figure(h)}`);
  if (layer === network.layers.length) {
    lines.push(...answerLines(lab, unit));
  }
  return lines;
}

/** What follows from the newest output. */
function answerLines(lab, unit) {
  const y = lab.network.output;
  if (lab.task === "numbers") {
    return [];
  }
  if (lab.classes > 2) {
    if (lab.settings.loss !== "cross-entropy") {
      return [`the largest output is class ${lab.decide(y) + 1}`];
    }
    const most = Math.max(...y);
    const sum = y.reduce((all, each) => all + Math.exp(each - most), 0);
    return [`softmax: exp(y${sub(unit + 1)}) / Σ exp(y) = ${percent(Math.exp(y[unit] - most) / sum)}`];
  }
  const said = `class ${lab.decide(y) + 1}`;
  return [lab.settings.loss === "binary-cross-entropy" ? `share of class 2: σ(y) = σ(${figure(y[0])}) = ${percent(1 / (1 + Math.exp(-y[0])))}: ${said}` : `that is ${said}`];
}

/** A weight's value, its gradient over all points, and where a plain step would take it. */
export function parameterLines(lab, index) {
  const value = lab.network.parameters[index];
  const lines = [`${parameterName(lab, index)} = ${figure(value, 5)}   at the start ${figure(lab.begun[index], 5)}`];
  if (lab.settings.rule !== "gradient") {
    return [...lines, RULES[lab.settings.rule].formula];
  }
  lab.training.look();
  const g = lab.network.gradients[index];
  const { rate, optimizer, momentum, decay } = lab.settings;
  lines.push(`gradient of the loss over all points ∂L/∂w = ${figure(g, 4)}`);
  if (optimizer === "sgd" && momentum === 0) {
    const d = g + decay * value;
    const slope = decay > 0 ? `(${figure(g, 4)} + ${figure(decay)}·${inBrackets(figure(value, 4))})` : inBrackets(figure(g, 4));
    lines.push(`a step on all: w ← w − η·∂L/∂w = ${figure(value, 4)} − ${figure(rate)}·${slope} = ${figure(value - rate * d, 5)}`);
  } else {
    const memory = lab.training.memory.map((each) => figure(each[index], 3)).join(", ");
    lines.push(`the optimiser remembers ${memory}`);
  }
  return lines;
}

/** Where it stands, in a sentence. */
export function standing(lab) {
  const train = lab.measure(lab.train), test = lab.measure(lab.test);
  const { epoch, step } = lab.training;
  if (lab.train.length === 0) {
    return "There are no points yet: draw some into the picture, or choose data.";
  }
  const share = ({ right }) => (right === null ? "" : `, ${percent(right)} right`);
  const parts = [`Epoch ${epoch}, step ${step}. Loss ${figure(train.loss)} on ${lab.train.length} points${share(train)}`];
  if (lab.test.length > 0) {
    parts.push(`${figure(test.loss)} on ${lab.test.length} kept apart${share(test)}`);
  }
  return `${parts.join("; ")}.`;
}

/** What deserves to be noticed: layers that collapse, copies, dead units, an end. */
export function notices(lab) {
  const found = [];
  if (lab.wrong) {
    found.push(lab.wrong);
  }
  const map = collapsed(lab.network);
  if (map) {
    const names = lab.settings.features.map((name) => FEATURES[name].title);
    map.weights.slice(0, 3).forEach((row, o) => {
      const sum = row.map((w, i) => `${inBrackets(figure(w))}·${names[i]}`).join(" + ");
      found.push(`All layers are linear, so together they are one unit: ${unitName(lab, lab.network.layers.length, o)} = ${sum} + ${inBrackets(figure(map.biases[o]))}. Depth adds nothing.`);
    });
  }
  const same = copies(lab.network);
  if (same.length > 0) {
    const first = same.slice(0, 3).map(({ layer, unit, of }) => `${unitName(lab, layer + 1, unit)} = ${unitName(lab, layer + 1, of)}`);
    const more = same.length > 3 ? ` and ${same.length - 3} more` : "";
    found.push(`Copies: ${first.join(", ")}${more}. Equal weights get equal gradients, so they stay copies however long it trains.`);
  }
  const dead = lab.deadUnits();
  if (dead.length > 0) {
    found.push(`${dead.map(({ layer, unit }) => unitName(lab, layer + 1, unit)).join(", ")} ${dead.length === 1 ? "is" : "are"} 0 at every point: the slope there is 0, so no gradient moves ${dead.length === 1 ? "it" : "them"} any more.`);
  }
  if (lab.training.done) {
    found.push("Every point is right: by its rule it changes nothing any more.");
  }
  return found;
}
