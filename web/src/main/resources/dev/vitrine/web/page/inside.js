// What a layer holds and makes of a picture: filters, maps, histograms, and the part of the picture that it sees.
import { colour, h, fill, signed, whole } from "./dom.js";
import { ask, requireSize, send } from "./server.js";
import { chart } from "./chart.js";
import { layerMaps, numbers } from "./maps.js";

const VIEW = 224;
const short = (value) => String(Number(value.toPrecision(4))).replace("-", "−");

/** How numbers are spread, as a chart with its table. */
function histogram(title, { least, greatest, mean, count, limits, counts }) {
  if (!count) {
    return h("p", { class: "note" }, `${title}: no number is finite.`);
  }
  const width = (greatest - least) / limits.length;
  return chart({
    title,
    sentence: `${whole(count)} numbers from ${short(least)} to ${short(greatest)}, mean ${short(mean)}.`,
    xLabel: "value",
    x: limits.map((limit) => Number((limit - width / 2).toPrecision(5))),
    series: [{ label: "how many", values: counts }],
    bars: width || 1,
    height: 150,
  });
}

function filters({ name, filters: of }) {
  const plane = of.height * of.width;
  const values = numbers(of);
  const zoom = Math.max(2, Math.round(40 / of.width));
  const one = (f, c) => signed(values.slice((f * of.channels + c) * plane, (f * of.channels + c + 1) * plane), of.width, of.height, zoom, `${name}, filter ${f + 1}, channel ${c + 1}`);
  return [
    h("h4", {}, `Filters of ${name} `, h("span", { class: "note" }, `${of.height}×${of.width}, ${of.filters} filters${of.channels > 1 ? `, a row each with its first ${of.channels} channels` : ""}; blue below 0, red above, largest ${of.scale.toPrecision(3)}`)),
    h("div", { class: "maps list filters" }, Array.from({ length: of.filters }, (_, f) => h("div", { class: "filter" }, Array.from({ length: of.channels }, (_, c) => one(f, c))))),
  ];
}

/** The picture with what one element of the layer sees of it, moved by arrow keys or two sliders. */
function field(network, layer, seen) {
  const [channels, high, wide] = layer.output;
  const [inputHigh, inputWide] = network.input.slice(-2);
  if (!layer.receptive_first || wide == null || network.input.length !== 3) {
    return null;
  }
  const zoom = VIEW / Math.max(inputWide, inputHigh);
  const canvas = h("canvas", { class: "pixels", width: VIEW, height: VIEW, tabindex: 0, role: "application" });
  const sentence = h("p", { class: "note", role: "status" });
  const at = [Math.floor(high / 2), Math.floor(wide / 2)];
  const slider = (axis, name, size) => h("input", { type: "range", min: 0, max: size - 1, value: at[axis], "aria-label": name, oninput: (event) => ((at[axis] = Number(event.target.value)), draw()) });
  const sliders = [slider(0, "Row of the layer’s element", high), slider(1, "Column of the layer’s element", wide)];

  function draw() {
    const context = canvas.getContext("2d");
    context.imageSmoothingEnabled = false;
    context.fillStyle = colour("--card");
    context.fillRect(0, 0, VIEW, VIEW);
    if (seen) {
      paint(context);
    }
    const [top, left] = layer.receptive_first.map((first, i) => first + at[i] * layer.receptive_jump[i]);
    const [tall, broad] = layer.receptive_field;
    context.strokeStyle = colour("--wrong");
    context.lineWidth = 2;
    context.strokeRect(left * zoom, top * zoom, broad * zoom, tall * zoom);
    const beyond = top < 0 || left < 0 || top + tall > inputHigh || left + broad > inputWide;
    sentence.textContent = `The element in row ${at[0]}, column ${at[1]} of each of ${whole(channels)} maps sees rows ${top} to ${top + tall - 1} and columns ${left} to ${left + broad - 1}${beyond ? ", partly beyond the edge" : ""}.`;
    canvas.setAttribute("aria-label", `${sentence.textContent} Arrow keys choose another element.`);
    sliders.forEach((input, axis) => (input.value = at[axis]));
  }

  function paint(context) {
    const { width, height, channels: depth, values } = seen;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const i = (y * width + x) * depth;
        context.fillStyle = `rgb(${values[i]} ${values[i + (depth === 3 ? 1 : 0)]} ${values[i + (depth === 3 ? 2 : 0)]})`;
        context.fillRect(x * zoom, y * zoom, zoom + 0.5, zoom + 0.5);
      }
    }
  }

  canvas.addEventListener("keydown", (event) => {
    const by = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (by) {
      [high, wide].forEach((size, axis) => (at[axis] = Math.max(0, Math.min(size - 1, at[axis] + by[axis]))));
      draw();
      event.preventDefault();
    }
  });
  draw();
  return [h("h3", {}, "What it sees of the picture"), canvas, h("div", { class: "bar" }, h("label", {}, "row ", sliders[0]), h("label", {}, "column ", sliders[1])), sentence];
}

/** Looks into the layers of a run; what picture is looked at stays from one layer to the next. */
export function insideOf(say) {
  let subject = { number: 0 };

  /** Fills `place` with what there is of a layer; without a run only what it sees. */
  return async function show(place, network, layer, run) {
    const held = h("div", {});
    const made = h("div", {});
    const seen = h("div", {}, field(network, layer, null) ?? []);
    if (!run) {
      fill(place, seen);
      return;
    }
    const sent = run.startsWith("sent:"); // a file, which brings no examples along
    const number = h("input", { type: "number", min: 0, value: subject.number ?? "", size: 6, "aria-label": "Number of a test image" });
    const file = h("input", { type: "file", accept: "image/*", "aria-label": "A picture of your own" });
    fill(place, h("h3", {}, "Looked at"), h("p", { class: "bar" }, !sent && h("label", {}, "test image ", number), h("label", {}, sent ? "a picture " : "or a picture ", file)), made, seen, held);

    async function look() {
      if (sent && !subject.file) {
        fill(made, h("p", { class: "note" }, "Choose a picture, and what the layer makes of it stands here."));
        return;
      }
      try {
        subject.file && requireSize(subject.file, 64);
        const asked = { run, layer: layer.name };
        const found = subject.file ? await send("api/inside/picture", { ...asked, name: subject.file.name }, subject.file) : await ask("api/inside/example", { ...asked, number: subject.number });
        const { maps, note } = layerMaps(found.layer);
        fill(
          made,
          h("p", {}, `${found.title}, read as ${found.read.name}.`),
          h("h4", {}, "What the layer makes of it ", h("span", { class: "note" }, note)),
          maps,
          histogram("What it gives", found.layer.spread),
        );
        fill(seen, field(network, layer, found.seen) ?? []);
        say("");
      } catch (wrong) {
        fill(made, h("p", { class: "note" }, wrong.message));
      }
    }

    number.addEventListener("change", () => {
      subject = { number: number.value };
      look();
    });
    file.addEventListener("change", () => {
      subject = { file: file.files[0] };
      look();
    });
    const parameters = ask("api/inside", { run, layer: layer.name }).then(
      (answer) => fill(held, answer.parameters.map((each) => [each.filters && filters(each), histogram(each.name, each.spread)])),
      (wrong) => fill(held, h("p", { class: "note" }, wrong.message)),
    );
    await Promise.all([look(), parameters]);
  };
}
