// The controls of data, network and training: forms over the settings. What does not apply is not there.
import { h, fill } from "../dom.js";
import { ACTIVATIONS, FEATURES, KINDS, LOSSES, OPTIMIZERS, RULES } from "./lab.js";
import { MOST_LAYERS, number as checked } from "./state.js";

const INITS = {
  "lecun-uniform": "LeCun, uniform", "lecun-normal": "LeCun, normal", "xavier-uniform": "Xavier, uniform", "xavier-normal": "Xavier, normal",
  "kaiming-uniform": "Kaiming, uniform", "kaiming-normal": "Kaiming, normal", constant: "constant: all alike",
};
const RATES = [0.001, 0.003, 0.01, 0.02, 0.03, 0.1, 0.3, 1, 3];

/** A label over its field. */
export const field = (label, ...input) => h("label", { class: "pg-field" }, h("span", {}, label), ...input);

export function choice(label, options, value, on) {
  return field(label, h("select", { onchange: (event) => on(event.target.value) }, Object.entries(options).map(([key, title]) => h("option", { value: key, selected: key === String(value) }, title))));
}

/** A number, checked as a link's is; a wrong one is said and put back. */
export function number(label, name, value, on, say, attributes = {}) {
  const input = h("input", {
    type: "number", step: "any", value, inputmode: "decimal", ...attributes,
    onchange: () => {
      try {
        on(checked(name, input.value));
      } catch (wrong) {
        say(wrong.message, true);
        input.value = value;
      }
    },
  });
  return field(label, input);
}

const titles = (all, names = Object.keys(all)) => Object.fromEntries(names.map((name) => [name, all[name].title]));

/** @param act { set(changed), tune(changed), say, seed(name), csv(text), csvFile(file), brush(name), brushNow(), showLines(on), linesShown() } */
export function dataControls(host, lab, act) {
  const s = lab.settings, kind = KINDS[s.data];
  const own = s.data === "own";
  const set = (name) => (value) => act.set({ [name]: value });
  const brushes = lab.task === "classes" ? Object.fromEntries(Array.from({ length: lab.classes }, (_, i) => [String(i), `draw class ${i + 1}`])) : { value: lab.inputs === 1 ? "draw points" : "draw points of a value" };
  const file = h("input", { type: "file", accept: ".csv,.txt,.tsv", "aria-label": "A table from a file", onchange: () => file.files[0] && act.csvFile(file.files[0]) });
  const pasted = h("textarea", { rows: 4, spellcheck: "false", placeholder: "x1,x2,class\n0.5,-1.2,a", "aria-label": "A table, pasted" });
  fill(
    host,
    h("legend", {}, "Data"),
    h("div", { class: "pg-fields" },
      choice("Points", titles(KINDS), s.data, (data) => act.set({ data, ...(data === "own" ? { own: { points: lab.points, classes: lab.classes || 2, inputs: lab.inputs, task: lab.task } } : {}) })),
      !own && kind.many && number("Classes", "classes", s.classes, set("classes"), act.say, { min: 2, max: 6, step: 1 }),
      !own && !kind.fixed && number("How many", "count", s.count, set("count"), act.say, { min: 4, max: 500, step: 1 }),
      !own && !kind.fixed && number("Noise", "noise", s.noise, set("noise"), act.say, { min: 0, max: 1, step: 0.05 }),
      s.rule === "gradient" && number("Test share", "share", s.share, set("share"), act.say, { min: 0, max: 0.8, step: 0.05 }),
      !own && !kind.fixed && seedField("Seed of the points", "dataSeed", s.dataSeed, act),
    ),
    h("div", { class: "pg-fields" },
      choice("In the picture", { look: "look", ...brushes, erase: "erase points" }, act.brushNow(), act.brush),
      lab.task === "numbers" && lab.inputs === 2 && act.brushNow() === "value" && field("Value to draw", h("input", { type: "number", step: 0.1, value: act.valueNow(), onchange: (event) => act.drawValue(Number(event.target.value)) })),
    ),
    h("details", { class: "pg-csv" },
      h("summary", {}, "Your own data"),
      h("p", { class: "note" }, "Rows of x1, x2 and a class (a name, or a whole number) or a value; or x and y of a curve. Paste them, or drop a file on the picture."),
      pasted,
      h("div", { class: "bar" }, h("button", { type: "button", onclick: () => act.csv(pasted.value) }, "Take these"), file,
        lab.task === "classes" && own && lab.classes < 6 && h("button", { type: "button", onclick: () => act.set({ own: { ...lab.own, classes: lab.classes + 1 } }) }, "One class more"),
        h("button", { type: "button", onclick: () => act.set({ data: "own", own: { points: [], classes: 2, inputs: 2, task: "classes" } }) }, "Begin with an empty plane"),
        h("button", { type: "button", onclick: () => act.set({ data: "own", own: { points: [], classes: 0, inputs: 1, task: "numbers" } }) }, "Begin with an empty curve")),
    ),
  );
}

function seedField(label, name, value, act) {
  return h("div", { class: "pg-seed" }, number(label, name, value, (seed) => act.set({ [name]: seed }), act.say, { min: 0, step: 1 }), h("button", { type: "button", "aria-label": `New ${label.toLowerCase()}`, title: `New ${label.toLowerCase()}`, onclick: () => act.set({ [name]: Math.floor(Math.random() * 100000) }) }, "⚄"));
}

export function networkControls(host, lab, act) {
  const s = lab.settings;
  const inputs = Object.keys(FEATURES).filter((name) => lab.inputs === 2 || /1$/.test(name));
  const grows = s.rule === "gradient";
  const toggle = (name) => (event) => act.set({ features: inputs.filter((each) => (each === name ? event.target.checked : s.features.includes(each))) });
  const rules = { gradient: "gradients", ...titles(RULES) };
  if (lab.classes !== 2) {
    delete rules.perceptron;
    delete rules.madaline;
    if (lab.classes > 2) {
      delete rules.adaline;
    }
  }
  const hiddenActivations = Object.keys(ACTIVATIONS).filter((name) => name !== "step");
  fill(
    host,
    h("legend", {}, "Network"),
    h("div", { class: "pg-fields" },
      choice("Learns by", rules, s.rule, (rule) => act.set({ rule, ...(rule === "gradient" && s.rule !== "gradient" ? { hidden: [4], output: "identity", loss: "" } : {}), ...(rule === "madaline" ? { hidden: [2] } : {}), ...(rule !== "gradient" && rule !== s.rule ? { rate: rule === "adaline" ? 0.01 : 0.5 } : {}) })),
      grows && s.hidden.length > 0 && choice("Hidden units", titles(ACTIVATIONS, hiddenActivations), s.activation, (activation) => act.set({ activation })),
      grows && s.loss === "mse" && choice("Output", titles(ACTIVATIONS, ["identity", "tanh", "sigmoid"]), s.output, (output) => act.set({ output })),
      grows && field("Hidden layers", h("span", { class: "bar pg-layers" },
        h("button", { type: "button", "aria-label": "One hidden layer less", disabled: s.hidden.length === 0, onclick: (event) => (event.preventDefault(), act.set({ hidden: s.hidden.slice(0, -1) })) }, "−"),
        h("output", {}, String(s.hidden.length)),
        h("button", { type: "button", "aria-label": "One hidden layer more", disabled: s.hidden.length >= MOST_LAYERS, onclick: (event) => (event.preventDefault(), act.set({ hidden: [...s.hidden, s.hidden.at(-1) ?? 4] })) }, "+"))),
    ),
    h("div", { class: "pg-chips", role: "group", "aria-label": "Inputs" }, inputs.map((name) => h("label", {}, h("input", { type: "checkbox", checked: s.features.includes(name), onchange: toggle(name) }), FEATURES[name].title))),
  );
}

export function trainingControls(host, lab, act) {
  const s = lab.settings, gradient = s.rule === "gradient";
  const rates = RATES.includes(s.rate) ? RATES : [...RATES, s.rate].sort((x, y) => x - y);
  fill(
    host,
    h("legend", {}, "Training"),
    h("div", { class: "pg-fields" },
      choice("Learning rate η", Object.fromEntries([...rates.map((rate) => [`r${rate}`, String(rate)]), ["other", "another …"]]), `r${s.rate}`, (text) => (text === "other" ? act.askRate() : act.tune({ rate: Number(text.slice(1)) }))),
      act.otherRate() && number("Another η", "rate", s.rate, (rate) => act.tune({ rate }), act.say),
      gradient && choice("Loss", titles(LOSSES, lab.losses()), s.loss, (loss) => act.set({ loss })),
      gradient && choice("Optimiser", titles(OPTIMIZERS), s.optimizer, (optimizer) => act.set({ optimizer, rate: optimizer === "sgd" ? Math.max(s.rate, 0.1) : Math.min(s.rate, 0.03) })),
      gradient && s.optimizer === "sgd" && number("Momentum μ", "momentum", s.momentum, (momentum) => act.tune({ momentum }), act.say, { min: 0, max: 0.999, step: 0.1 }),
      gradient && number("Weight decay λ", "decay", s.decay, (decay) => act.tune({ decay }), act.say, { min: 0, max: 1, step: 0.001 }),
      gradient && number("Points a step", "batch", s.batch, (batch) => act.set({ batch }), act.say, { min: 1, max: 500, step: 1 }),
      gradient && choice("Weights begin", INITS, s.init, (init) => act.set({ init })),
      gradient && s.init === "constant" && number("Their number", "number", s.number, (value) => act.set({ number: value }), act.say, { step: 0.1 }),
      (gradient || s.rule === "madaline") && seedField("Seed of the weights", "seed", s.seed, act),
    ),
  );
}
