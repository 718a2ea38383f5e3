// Points in the plane: made by a rule and a seed, or given as a table. A point is { a, b, t }: two coordinates and a target,
// which is a class from 0 or a number. Of curves b is 0 and not used.
import { stream } from "./random.js";

const TURN = 2 * Math.PI;

/** What can be made: title, whether targets are classes or numbers, how many inputs, how many classes, and one point. */
export const KINDS = {
  xor: { title: "XOR", task: "classes", inputs: 2, make: xor },
  circles: { title: "Circles", task: "classes", inputs: 2, many: true, make: circles },
  spirals: { title: "Spirals", task: "classes", inputs: 2, many: true, make: spirals },
  moons: { title: "Moons", task: "classes", inputs: 2, make: moons },
  gauss: { title: "Gauss: clouds", task: "classes", inputs: 2, many: true, make: gauss },
  corners: { title: "The four corners of XOR", task: "classes", inputs: 2, fixed: 4, make: corners },
  and: { title: "The four corners of AND", task: "classes", inputs: 2, fixed: 4, make: and },
  plane: { title: "Regression: a plane", task: "numbers", inputs: 2, make: ramp },
  hills: { title: "Regression: hills", task: "numbers", inputs: 2, make: hills },
  line: { title: "Curve: a line", task: "numbers", inputs: 1, make: curve((x) => 0.4 * x - 0.2) },
  sine: { title: "Curve: a sine", task: "numbers", inputs: 1, make: curve((x) => Math.sin(1.5 * x)) },
  bump: { title: "Curve: |x|", task: "numbers", inputs: 1, make: curve((x) => 0.6 * Math.abs(x) - 0.8) },
  own: { title: "Your own points", task: "classes", inputs: 2 },
};

/** Numbers are kept to four decimals, so that a table or a link has them as they are. */
export const short = (number) => Math.round(number * 1e4) / 1e4;

/** The points of a kind, the classes in turn; they follow from the seed alone. */
export function generate(kind, { count, noise, classes, dataSeed }) {
  const { make, many, fixed } = KINDS[kind];
  const random = stream(dataSeed, "points");
  const of = many ? classes : 2;
  const points = [];
  for (let i = 0; i < (fixed ?? count); i++) {
    const draws = [0, 1, 2].map((k) => random.uniform(8 * i + k));
    const shake = [3, 4, 5].map((k) => random.normal(8 * i + k));
    const { a, b = 0, t } = make(i, draws, shake, noise, of);
    points.push({ a: short(a), b: short(b), t: short(t) });
  }
  return points;
}

function xor(i, [u, v], [m, n], noise) {
  const a = (u < 0.5 ? -1 : 1) * (0.25 + 2.25 * (u < 0.5 ? 2 * u : 2 * u - 1));
  const b = (v < 0.5 ? -1 : 1) * (0.25 + 2.25 * (v < 0.5 ? 2 * v : 2 * v - 1));
  return { a: a + noise * m, b: b + noise * n, t: a * b < 0 ? 1 : 0 };
}

function circles(i, [u, v], [m, n], noise, classes) {
  const t = i % classes;
  const ring = 2.7 / (classes - 0.3);
  const r = t === 0 ? ring * 0.75 * Math.sqrt(v) : ring * (t + 0.05 + 0.45 * v);
  return { a: r * Math.cos(TURN * u) + noise * m, b: r * Math.sin(TURN * u) + noise * n, t };
}

function spirals(i, [u], [m, n], noise, classes) {
  const t = i % classes;
  const angle = TURN * (1.15 * u + t / classes);
  const r = 0.15 + 2.5 * u;
  return { a: r * Math.cos(angle) + noise * m, b: r * Math.sin(angle) + noise * n, t };
}

function moons(i, [u], [m, n], noise) {
  const t = i % 2;
  const angle = (TURN / 2) * u;
  const a = t === 0 ? Math.cos(angle) - 0.5 : 0.5 - Math.cos(angle);
  const b = t === 0 ? Math.sin(angle) - 0.25 : 0.25 - Math.sin(angle);
  return { a: 1.7 * a + noise * m, b: 1.7 * b + noise * n, t };
}

function gauss(i, _, [m, n], noise, classes) {
  const t = i % classes;
  const angle = TURN * (t / classes + 0.125);
  return { a: 1.7 * Math.cos(angle) + (0.3 + noise) * m, b: 1.7 * Math.sin(angle) + (0.3 + noise) * n, t };
}

const corner = (i) => ({ a: i & 1 ? 1 : -1, b: i & 2 ? 1 : -1 });

function corners(i) {
  const { a, b } = corner(i);
  return { a, b, t: a * b < 0 ? 1 : 0 };
}

function and(i) {
  const { a, b } = corner(i);
  return { a, b, t: a > 0 && b > 0 ? 1 : 0 };
}

function ramp(i, [u, v], [m], noise) {
  const a = 6 * u - 3, b = 6 * v - 3;
  return { a, b, t: (a + b) / 6 + noise * m };
}

function hills(i, [u, v], [m], noise) {
  const a = 6 * u - 3, b = 6 * v - 3;
  const hill = (x, y) => Math.exp(-((a - x) ** 2 + (b - y) ** 2) / 1.6);
  return { a, b, t: hill(-1.3, 1) - hill(1.3, -1) + noise * m };
}

function curve(f) {
  return (i, [u], [m], noise) => {
    const a = 6 * u - 3;
    return { a, t: f(a) + noise * m };
  };
}

/**
 * Which points are kept apart for the test: the commands' own rule for a table without a test part, which no seed changes.
 * Copies stay on one side.
 */
export function testPoints(points, share) {
  const held = new Uint8Array(points.length);
  let left = Math.round(share * points.length);
  const copies = new Map();
  points.forEach(({ a, b }, i) => copies.set(`${a} ${b}`, [...(copies.get(`${a} ${b}`) ?? []), i]));
  for (const i of stream(0, "test").permutation(points.length)) {
    const same = copies.get(`${points[i].a} ${points[i].b}`);
    if (same && same.length <= left) {
      left -= same.length;
      same.forEach((copy) => (held[copy] = 1));
    }
    copies.delete(`${points[i].a} ${points[i].b}`);
  }
  return held;
}

/** How far a picture of the points reaches: { a: [from, to], b: [from, to] }. */
export function extent(points) {
  const reach = (name) => {
    const values = points.map((point) => point[name]);
    const least = Math.min(-3, ...values), most = Math.max(3, ...values);
    return least === -3 && most === 3 ? [-3.2, 3.2] : [least - 0.06 * (most - least), most + 0.06 * (most - least)];
  };
  return { a: reach("a"), b: reach("b") };
}
