// The same as a command and as a Java program, with the files that they need. Tests run both.
import { FEATURES } from "./network.js";
import { write } from "./table.js";

const LAYERS = { identity: null, leaky_relu: { leaky_relu: 0.01 }, elu: { elu: 1 } };
const IN_JAVA = {
  tanh: "Activation.tanh()", sigmoid: "Activation.sigmoid()", relu: "Activation.relu()", leaky_relu: "Activation.leakyRelu(0.01)",
  elu: "Activation.elu(1)", softplus: "Activation.softplus()", silu: "Activation.silu()",
};
const INITS = { lecun: "leCun", xavier: "xavier", kaiming: "kaiming" };
const LOSSES = { mse: "meanSquaredError", "binary-cross-entropy": "binaryCrossEntropy", hinge: "hinge", "cross-entropy": "crossEntropy" };

const columns = (lab) => lab.settings.features;

function row(lab, { a, b, t }) {
  const inputs = columns(lab).map((name) => Number(FEATURES[name].f(a, b).toPrecision(7)));
  const target = lab.task === "numbers" ? t : lab.classes > 2 ? `class${t + 1}` : t === 1 ? 1 : lab.zeroOne ? 0 : -1;
  return [...inputs, target];
}

/** A rule learns from every row; a network keeps some apart by itself, always the same. */
export const table = (lab) => write([...columns(lab), "y"], lab.points.map((point) => row(lab, point)));

export function networkFile(lab) {
  const layers = lab.network.layers.flatMap(({ units, activation }) => [{ linear: units }, activation in LAYERS ? LAYERS[activation] : activation].filter(Boolean));
  return `${JSON.stringify({ name: "playground", input: [columns(lab).length], layers })}\n`;
}

/** Weights as safetensors: a header of JSON and its length, then the numbers. */
export function weightsFile(lab, numbers) {
  const header = {}, flat = [];
  lab.network.layers.forEach(({ inputs, units, weights, biases }, l) => {
    for (const [name, shape, from] of [["weight", [units, inputs], weights], ["bias", [units], biases]]) {
      const count = shape.reduce((all, each) => all * each, 1);
      header[`linear${l + 1}.${name}`] = { dtype: "F32", shape, data_offsets: [4 * flat.length, 4 * (flat.length + count)] };
      flat.push(...numbers.subarray(from, from + count));
    }
  });
  const text = JSON.stringify(header);
  const padded = text.padEnd(Math.ceil(text.length / 8) * 8, " ");
  const bytes = new Uint8Array(8 + padded.length + 4 * flat.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, padded.length, true);
  bytes.set(new TextEncoder().encode(padded), 8);
  flat.forEach((number, i) => view.setFloat32(8 + padded.length + 4 * i, number, true));
  return bytes;
}

/** How long: until now, if it has run from its start; else until the stop, or a hundred epochs. */
function length(lab) {
  const { step, stepsPerEpoch } = lab.training;
  const so = lab.changed !== "way" && step > 0 ? step : (lab.settings.stop || 100) * stepsPerEpoch;
  return { epochs: Math.ceil(so / stepsPerEpoch), steps: so % stepsPerEpoch === 0 ? null : so };
}

/** Where it begins, if no seed says it: at a start set by hand, or where hands have left it. */
export const givenStart = (lab) => (lab.changed === "start" ? lab.begun : lab.changed === "way" ? lab.network.parameters : null);

/** { text, files: { name: content }, note } */
export function command(lab) {
  const s = lab.settings, { epochs, steps } = length(lab), start = givenStart(lab);
  const files = { "points.csv": table(lab) };
  if (s.rule !== "gradient") {
    const hidden = s.rule === "madaline" ? ` --hidden ${s.hidden[0]}` : "";
    const note = start ? "The command begins with its own weights, not with those set by hand." : "";
    return { text: `vitrine train --model ${s.rule} --data points.csv --target y --lr ${s.rate} --epochs ${epochs} --seed ${s.seed}${hidden}`, files, note };
  }
  files["network.json"] = networkFile(lab);
  if (lab.test.length === 0) {
    return { text: "", files, note: "The command keeps some points apart to test by; let a share of them be kept apart here, too." };
  }
  if (start) {
    files["start.safetensors"] = weightsFile(lab, start);
  }
  const parts = [
    "vitrine train --model network.json --data points.csv --target y", `--loss ${s.loss}`, `--optimizer ${s.optimizer} --lr ${s.rate}`,
    s.optimizer === "sgd" ? `--momentum ${s.momentum}` : "", `--weight-decay ${s.decay} --schedule constant`,
    `--batch ${lab.training.batch} --epochs ${epochs}`, steps ? `--steps ${steps}` : "", `--validation 0 --test-share ${s.share}`,
    start ? "--init-from start.safetensors" : `--init ${s.init === "constant" ? `constant:${s.number}` : s.init}`, `--seed ${s.seed}`,
  ];
  const note = lab.changed === "way" ? "Something was changed by hand on the way; so the command begins with the weights of this moment." : "";
  return { text: parts.filter(Boolean).join(" "), files, note };
}

const floats = (numbers) => Array.from(numbers, (each) => `${Math.fround(each) === each ? each : Number(each.toPrecision(9))}f`).join(", ");

/** Lines of at most about a hundred characters. */
function wrapped(text, indent) {
  return text.replace(/(.{1,90})(?:, |$)/g, (_, part) => `${" ".repeat(indent)}${part},\n`).replace(/,\n$/, "");
}

/** A whole Java program, which needs no file. */
export function java(lab) {
  return lab.settings.rule === "gradient" ? trainerProgram(lab) : ruleProgram(lab);
}

function trainerProgram(lab) {
  const s = lab.settings, { epochs, steps } = length(lab), start = givenStart(lab);
  const used = lab.train.map(({ i }) => row(lab, lab.points[i]));
  const inputs = used.flatMap((each) => each.slice(0, -1)), width = columns(lab).length;
  const labels = used.map((each) => each.at(-1));
  const targets = lab.classes > 2
    ? `Targets.Classes.of(List.of(${Array.from({ length: lab.classes }, (_, i) => `"class${i + 1}"`).join(", ")}), targets)`
    : "Targets.Numbers.of(Shape.of(1), targets)";
  const values = lab.classes > 2 ? `int[] targets = {\n${wrapped(lab.train.map(({ i }) => lab.points[i].t).join(", "), 6)}\n    };` : `float[] targets = {\n${wrapped(floats(labels), 6)}\n    };`;
  const layers = lab.network.layers.flatMap(({ units, activation }) => [`Linear.of(${units})`, IN_JAVA[activation]].filter(Boolean));
  const [rule, kind] = s.init.split("-");
  const init = s.init === "constant" ? `Initializer.constant(${s.number})` : `Initializer.${INITS[rule]}${kind === "normal" ? "Normal" : "Uniform"}()`;
  const optimizer = { sgd: `Sgd.of(${s.rate})${s.momentum ? `.momentum(${s.momentum})` : ""}`, adam: `Adam.of(${s.rate})`, rmsprop: `RmsProp.of(${s.rate})` }[s.optimizer];
  const sets = start
    ? lab.network.layers.map(({ inputs: from, units, weights, biases }, l) => `    model.parameters().set("linear${l + 1}.weight", new float[] {\n${wrapped(floats(start.subarray(weights, weights + from * units)), 8)}});\n    model.parameters().set("linear${l + 1}.bias", new float[] {${floats(start.subarray(biases, biases + units))}});\n`).join("")
    : "";
  return `import dev.vitrine.data.Dataset;
import dev.vitrine.data.Targets;
import dev.vitrine.image.Normalisation;
import dev.vitrine.nn.*;
import dev.vitrine.optim.*;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.Trainer;
import java.util.List;

/** What the playground shows, computed by Vitrine. */
public final class Playground {
  public static void main(String[] args) {
    float[] inputs = {
${wrapped(floats(inputs), 6)}
    };
    ${values}
    Dataset data = Dataset.of("points", Shape.of(${width}), inputs, ${targets});

    Layer network = Sequential.of(${layers.join(", ")});
    Model model = Model.of(network, Shape.of(${width}), ${init}, Seed.of(${s.seed}));
${sets}
    Optimizer rule = ${optimizer}${s.decay ? `.weightDecay(${s.decay})` : ""};
    Recipe recipe =
        Recipe.of(rule)
            .loss(Loss.${LOSSES[s.loss]}())
            .batchSize(${lab.training.batch})
            .epochs(${epochs})${steps ? `\n            .maxSteps(${steps})` : ""}
            .normalisation(Normalisation.NONE)
            .seed(Seed.of(${s.seed}));
    Trainer.Result result = Trainer.of(model, rule).recipe(recipe).fit(data);

    System.out.println("loss " + result.meanLoss(data));
    model.parameters().layout().entries().forEach(entry ->
        System.out.println(entry.name() + " " + java.util.Arrays.toString(model.parameters().get(entry.name()))));
  }
}
`;
}

function ruleProgram(lab) {
  const s = lab.settings, { epochs } = length(lab);
  const rows = lab.points.map((point) => row(lab, point));
  const inputs = rows.map((each) => `{1, ${each.slice(0, -1).join(", ")}}`).join(", ");
  return `import dev.vitrine.neuron.learning.*;
import java.util.List;

/** What the playground shows, computed by Vitrine. */
public final class Playground {
  public static void main(String[] args) {
    double[][] inputs = {
${wrapped(inputs, 6)}
    };
    double[] targets = {
${wrapped(rows.map((each) => each.at(-1)).join(", "), 6)}
    };
    Samples samples = new Samples(List.of("bias", ${columns(lab).map((name) => `"${name}"`).join(", ")}), "y", inputs, targets);
    // The rule, η, epochs at most, the seed, how many runs, how many hidden units.
    Learning.Setup setup = new Learning.Setup(Rule.${s.rule.toUpperCase()}, ${s.rate}, ${epochs}, ${s.seed}, 1, ${s.rule === "madaline" ? s.hidden[0] : 2});
    System.out.println(LearningText.text(Learning.of(samples, setup)));
  }
}
`;
}
