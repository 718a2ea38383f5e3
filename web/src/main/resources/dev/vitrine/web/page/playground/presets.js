// Networks worth seeing: some that succeed, some that fail, each with one sentence why. `expects` is what a test holds them to:
// after `epochs`, the share of training points that are right, or the loss, is at least or at most so much.

const two = { features: ["x1", "x2"], share: 0.25, output: "identity", loss: "binary-cross-entropy", rule: "gradient", optimizer: "sgd", momentum: 0, decay: 0, batch: 10, init: "lecun-uniform", seed: 42, stop: 0 };

export const PRESETS = [
  {
    title: "XOR, four hidden units", works: true, why: "Each hidden unit draws one line; together they cut the plane into the four quarters that no single line can.",
    settings: { data: "xor", count: 200, noise: 0.1, hidden: [4], activation: "tanh", rate: 0.3 }, epochs: 100, expects: { right: [0.95, 1] },
  },
  {
    title: "XOR, one unit", works: false, why: "One unit decides by one straight line, and whichever it takes, half of one class lies on the wrong side.",
    settings: { data: "xor", count: 200, noise: 0, hidden: [], rate: 0.3 }, epochs: 100, expects: { right: [0.4, 0.8] },
  },
  {
    title: "Threshold unit learns AND", works: true, why: "A line parts the one corner from the three, so Rosenblatt's rule must find one after finitely many corrections.",
    settings: { data: "and", rule: "perceptron", hidden: [], rate: 0.5, share: 0 }, epochs: 20, expects: { right: [1, 1] },
  },
  {
    title: "Threshold unit on XOR", works: false, why: "No line parts the corners of XOR (Minsky and Papert, 1969), so the rule corrects for ever and the weights go round.",
    settings: { data: "corners", rule: "perceptron", hidden: [], rate: 0.5, share: 0 }, epochs: 60, expects: { right: [0, 0.75] },
  },
  {
    title: "Adaline on two clouds", works: true, why: "Least mean squares goes downhill on the distance to ±1 before the threshold, so it settles even where clouds touch.",
    settings: { data: "gauss", classes: 2, count: 100, noise: 0.3, rule: "adaline", hidden: [], rate: 0.01, share: 0 }, epochs: 20, expects: { right: [0.97, 1] },
  },
  {
    title: "Madaline solves XOR", works: true, why: "Two threshold units and a third that reads them: rule II turns whichever was nearest to changing its mind, without any gradient.",
    settings: { data: "corners", rule: "madaline", hidden: [2], rate: 0.5, share: 0, seed: 42 }, epochs: 50, expects: { right: [1, 1] },
  },
  {
    title: "Madaline gets stuck", works: false, why: "The same rule from another start turns the same units to and fro: which corner it sees is mended, and the next is spoilt.",
    settings: { data: "corners", rule: "madaline", hidden: [2], rate: 0.5, share: 0, seed: 43 }, epochs: 200, expects: { right: [0, 0.99] },
  },
  {
    title: "Circles, three ReLUs", works: true, why: "A triangle around the inner points needs three lines, and three units draw three.",
    settings: { data: "circles", classes: 2, count: 200, noise: 0.05, hidden: [3], activation: "relu", rate: 0.1, init: "kaiming-normal", seed: 8 }, epochs: 150, expects: { right: [0.95, 1] },
  },
  {
    title: "Deep, but linear", works: false, why: "A line of a line is a line: without a curve between them, three layers are one, and the sentence below the network says which.",
    settings: { data: "circles", classes: 2, count: 200, noise: 0.05, hidden: [8, 8, 4], activation: "identity", rate: 0.03 }, epochs: 100, expects: { right: [0.3, 0.8] },
  },
  {
    title: "Circles without hidden units", works: true, why: "Given x₁² and x₂² the circle is a straight line: the right inputs can do what layers would have to learn.",
    settings: { data: "circles", classes: 2, count: 200, noise: 0.05, features: ["sq1", "sq2"], hidden: [], rate: 0.1 }, epochs: 100, expects: { right: [0.97, 1] },
  },
  {
    title: "All weights alike", works: false, why: "Units that begin as copies get the same gradient and stay copies: four units are worth one, and one line is not enough.",
    settings: { data: "circles", classes: 2, count: 200, noise: 0.05, hidden: [4], activation: "tanh", rate: 0.1, init: "constant", number: 0.5 }, epochs: 200, expects: { right: [0.3, 0.85] },
  },
  {
    title: "Two spirals", works: true, why: "Two layers of eight bend enough, and Adam gives each weight a step of its own size; plain descent needs far longer here.",
    settings: { data: "spirals", classes: 2, count: 240, noise: 0.03, hidden: [8, 8], activation: "tanh", optimizer: "adam", rate: 0.02 }, epochs: 250, expects: { right: [0.95, 1] },
  },
  {
    title: "Spirals, too small", works: false, why: "Three units have three lines, and a spiral of more than one turn cannot be cut out of the plane with three.",
    settings: { data: "spirals", classes: 2, count: 240, noise: 0.03, hidden: [3], activation: "tanh", optimizer: "adam", rate: 0.02 }, epochs: 250, expects: { right: [0.5, 0.88] },
  },
  {
    title: "Rate too large", works: false, why: "Each step jumps over the valley and lands higher on the other side: the loss grows until there is no number for it.",
    settings: { data: "plane", count: 120, noise: 0.05, hidden: [], loss: "mse", rate: 0.45 }, epochs: 30, expects: { loss: [1e3, Infinity] },
  },
  {
    title: "Deep sigmoids stand still", works: false, why: "σ′ is at most ¼, and five layers multiply five of them: almost no gradient reaches the first layer.",
    settings: { data: "moons", count: 200, noise: 0.1, hidden: [6, 6, 6, 6, 6], activation: "sigmoid", rate: 0.1 }, epochs: 60, expects: { right: [0.3, 0.7] },
  },
  {
    title: "Dead ReLUs", works: false, why: "One step too far pushes units below 0 at every point; there the slope is 0, and nothing can bring them back.",
    settings: { data: "moons", count: 200, noise: 0.1, hidden: [6, 6], activation: "relu", init: "kaiming-normal", rate: 6, seed: 5 }, epochs: 60, expects: { right: [0.3, 0.85] },
  },
  {
    title: "Three clouds", works: true, why: "Three outputs, one a class, turned into shares by the softmax: where two are equal, the border is a line.",
    settings: { data: "gauss", classes: 3, count: 210, noise: 0.3, hidden: [], loss: "cross-entropy", rate: 0.1 }, epochs: 40, expects: { right: [0.95, 1] },
  },
  {
    title: "A curve", works: true, why: "Each hidden unit is one bend; six of them, added up, follow the sine.",
    settings: { data: "sine", count: 120, noise: 0.08, features: ["x1"], hidden: [6], activation: "tanh", optimizer: "adam", rate: 0.03, loss: "mse" }, epochs: 150, expects: { loss: [0, 0.03] },
  },
  {
    title: "Hills", works: true, why: "Regression over the plane: the output is a height, and the units add up to a hill and a hollow.",
    settings: { data: "hills", count: 300, noise: 0.03, hidden: [8, 4], activation: "tanh", optimizer: "adam", rate: 0.02, loss: "mse" }, epochs: 200, expects: { loss: [0, 0.02] },
  },
  {
    title: "Learned by heart", works: false, why: "Far more weights than points: it fits the noise of what it learns from, and the loss of the other points rises.",
    settings: { data: "moons", count: 40, noise: 0.5, share: 0.5, hidden: [8, 8, 8], activation: "tanh", optimizer: "adam", rate: 0.03 }, epochs: 300, expects: { overfits: 0.3 },
  },
];

/** A preset's settings, with the usual ones where it has none. */
export const settingsOf = (preset) => ({ ...two, ...preset.settings });
