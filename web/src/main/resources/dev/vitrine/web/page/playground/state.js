// A state as the words of a link, and back: settings that are not the usual ones, and numbers where no seed gives them.
import { DEFAULTS, KINDS, RULES, OPTIMIZERS, ACTIVATIONS, FEATURES, LOSSES } from "./lab.js";

const INITS = ["lecun-uniform", "lecun-normal", "xavier-uniform", "xavier-normal", "kaiming-uniform", "kaiming-normal", "constant"];
const WORDS = { data: KINDS, rule: { gradient: 1, ...RULES }, optimizer: OPTIMIZERS, activation: ACTIVATIONS, output: ACTIVATIONS, loss: LOSSES };
const RANGES = {
  count: [4, 500], noise: [0, 1], classes: [2, 6], share: [0, 0.8], rate: [1e-6, 100], momentum: [0, 0.999],
  decay: [0, 1], batch: [1, 500], number: [-10, 10], stop: [0, 1e6], seed: [0, 2 ** 32], dataSeed: [0, 2 ** 32],
};
const WHOLE = ["count", "classes", "batch", "stop", "seed", "dataSeed"];

export const MOST_LAYERS = 6;
export const MOST_UNITS = 8;

/** Numbers as text that an address can have: eight bytes each. */
export function packed(numbers) {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export function unpacked(text, length) {
  const bytes = Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const numbers = new Float64Array(bytes.buffer.slice(0, bytes.length - (bytes.length % 8)));
  if (numbers.length !== length || !numbers.every(Number.isFinite)) {
    throw new Error("The link's weights are not those of its network: was it cut short?");
  }
  return numbers;
}

/** What of a state is not usual, as a plain object of texts. */
export function words(lab) {
  const asked = {};
  for (const [name, usual] of Object.entries(DEFAULTS)) {
    const value = String(lab.settings[name]);
    if (value !== String(usual)) {
      asked[name] = value || "none";
    }
  }
  if (lab.settings.data === "own") {
    const { task, inputs, classes } = lab.own;
    asked.points = [task[0], inputs, classes, ...lab.points.map(({ a, b, t }) => (inputs === 2 ? `${a}_${b}_${t}` : `${a}_${t}`))].join("~");
  }
  if (lab.changed === "start") {
    asked.start = packed(lab.begun);
  }
  if (lab.training.step > 0 || lab.changed === "way") {
    asked.step = lab.training.step;
    asked.weights = packed(lab.network.parameters);
    asked.changed = lab.changed === "way" ? "1" : undefined;
    lab.training.memory.forEach((memory, i) => (asked[`memory${i}`] = packed(memory)));
  }
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}

/** Puts a lab into the state that a link's words say; what they do not say is as usual. */
export function restore(lab, query) {
  const given = {};
  for (const [name, usual] of Object.entries(DEFAULTS)) {
    const text = query.get(name);
    if (text !== null) {
      given[name] = Array.isArray(usual) ? list(name, text) : typeof usual === "number" ? number(name, text) : word(name, text);
    }
  }
  if (given.data === "own") {
    given.own = ownPoints(query.get("points") ?? "");
  }
  lab.set(given, DEFAULTS);
  const length = lab.network.parameters.length;
  if (query.has("start")) {
    lab.begun = unpacked(query.get("start"), length);
    lab.network.parameters.set(lab.begun);
    lab.changed = "start";
  }
  if (query.has("weights")) {
    lab.network.parameters.set(unpacked(query.get("weights"), length));
    lab.training.step = Math.max(0, Math.floor(Number(query.get("step")) || 0));
    lab.training.memory = lab.training.memory.map((memory, i) => (query.has(`memory${i}`) ? unpacked(query.get(`memory${i}`), length) : memory));
    lab.changed = query.has("changed") ? "way" : lab.changed;
  }
  lab.forget();
}

function word(name, text) {
  const known = name === "init" ? INITS : Object.keys(WORDS[name]);
  if (!known.includes(text)) {
    throw new Error(`The link's ${name} is "${text}", but expected is one of ${known.join(", ")}`);
  }
  return text;
}

export function number(name, text) {
  const [least, most] = RANGES[name];
  const value = Number(text);
  if (text === "" || !(value >= least && value <= most) || (WHOLE.includes(name) && !Number.isInteger(value))) {
    throw new Error(`${name} expects a ${WHOLE.includes(name) ? "whole " : ""}number from ${least} to ${most}, but got "${text}"`);
  }
  return value;
}

function list(name, text) {
  const parts = text === "none" || text === "" ? [] : text.split(",");
  if (name === "features") {
    const odd = parts.find((part) => !FEATURES[part]);
    if (odd !== undefined) {
      throw new Error(`The link's features have "${odd}", but expected are some of ${Object.keys(FEATURES).join(", ")}`);
    }
    return parts;
  }
  const sizes = parts.map(Number);
  if (sizes.length > MOST_LAYERS || sizes.some((size) => !Number.isInteger(size) || size < 1 || size > MOST_UNITS)) {
    throw new Error(`The link's hidden layers are "${text}", but expected are up to ${MOST_LAYERS} numbers from 1 to ${MOST_UNITS}`);
  }
  return sizes;
}

function ownPoints(text) {
  const [task, inputs, classes, ...rows] = text.split("~");
  const own = { task: task === "n" ? "numbers" : "classes", inputs: inputs === "1" ? 1 : 2, classes: Math.min(6, Math.max(2, Number(classes) || 2)) };
  own.points = rows.slice(0, 2000).map((row) => {
    const fields = row.split("_").map(Number);
    if (fields.length !== own.inputs + 1 || !fields.every(Number.isFinite)) {
      throw new Error(`The link has a point "${row}" where ${own.inputs + 1} numbers are expected: was it cut short?`);
    }
    return { a: fields[0], b: own.inputs === 2 ? fields[1] : 0, t: fields.at(-1) };
  });
  return own;
}
