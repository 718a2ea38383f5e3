// A network as boxes and arrows; of the box that is chosen what it is, computes and costs.
import { h, fill, whole } from "../dom.js";
import { ask, requireSize, send, tell } from "../server.js";
import { folded } from "../folding.js";
import { insideOf } from "../inside.js";
import { typedNetwork } from "../typed.js";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 44;
const LETTER = 8;
const WALKING = 120;
const LONGEST_LINK = 4000; // a longer text than this is in no address

function s(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    key.startsWith("on") ? element.addEventListener(key.slice(2), value) : element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

export async function open(main, query, { go, say }) {
  const [{ networks }, { fields, rows }] = await Promise.all([ask("api/networks"), ask("api/runs")]);
  const id = fields.findIndex((field) => field.key === "id");
  const worker = new Worker("layout.js", { type: "module" });
  const opened = new Set((query.get("open") ?? "").split(",").filter(Boolean));
  let asked = 0;
  let network = null;
  let chosen = query.get("layer") ?? null;
  let shown = null;
  let drawn = [];
  let rest = 0;
  let tabled = null;
  let isFile = false;
  let isRun = query.has("run"); // a run may have a network's name

  const named = h("input", { list: "networks", value: query.get("run") ?? query.get("name") ?? "lenet", "aria-label": "A network or a run", spellcheck: "false", autocomplete: "off" });
  const find = h("input", { type: "search", placeholder: "conv, 3×3, 64×…", "aria-label": "Find a layer" });
  const picture = h("div", { class: "list diagram", tabindex: 0, role: "region", "aria-label": "The diagram, scrolling" });
  const details = h("section", { "aria-label": "The chosen layer", "aria-live": "polite" });
  const inside = h("div", {});
  const look = insideOf(say);
  let text = null; // of a network that is typed
  let fromLink = query.has("typed");
  const written = typedNetwork(
    () => ({ name: named.value }),
    say,
    {
      title: "Type a network",
      note: "As JSON, drawn while it is typed. Train takes the same text.",
      begin: "Begin with the network above",
      empty: "Empty: the network above is drawn.",
    },
    (found) => {
      const same = fromLink; // what a link opened and chose stays
      fromLink = false;
      same ? load({ text: found }) : another({ text: found });
    },
  );
  const file = h("input", { type: "file", accept: ".onnx", "aria-label": "An ONNX file" });
  const counts = h("p", { class: "note" });
  const table = h("details", { ontoggle: () => fillTable() }, h("summary", {}, "All layers as a table"));
  fill(
    main,
    h("h2", {}, "Network"),
    h("datalist", { id: "networks" }, [...networks, ...rows.map((row) => row[id])].map((name) => h("option", { value: name }))),
    h("div", { class: "bar" }, h("label", {}, "Network or run ", named), h("label", {}, "or an ONNX file ", file), h("label", {}, "Find ", find), h("button", { onclick: () => (opened.clear(), network && draw()) }, "Fold all")),
    written.element,
    counts,
    h("div", { class: "sides two" }, picture, details),
    table,
  );

  const source = () => (isRun ? { run: named.value } : { name: named.value });

  function remember() {
    if (isFile) {
      return; // a file that was dropped has no address
    }
    const now = source();
    if (text && text.length <= LONGEST_LINK) now.typed = text;
    if (opened.size) now.open = [...opened].join(",");
    if (chosen) now.layer = chosen;
    go("network", now, true);
  }

  /** Another network takes the place of this one: a named one or a run's, an ONNX file, or a text. */
  function another(what) {
    opened.clear();
    chosen = null;
    return load(what);
  }

  let asking = 0;
  async function load({ bytes = null, text: typed = null } = {}) {
    const mine = ++asking;
    try {
      bytes && requireSize(bytes, 1024);
      const found = await (bytes ? send("api/network/onnx", { name: bytes.name }, bytes) : typed ? tell("api/network", { text: typed }) : ask("api/network", source()));
      if (mine !== asking) {
        return; // another was chosen meanwhile
      }
      network = found;
    } catch (wrong) {
      mine === asking && say(wrong.message, true);
      return;
    }
    isFile = Boolean(bytes);
    text = typed;
    say(network.not_inside ?? "");
    counts.textContent = `${network.title}: ${whole(network.parameters)} parameters, ${whole(network.macs)} multiply-accumulates, ${whole(network.activation_bytes)} bytes of activations an example. ${network.convention}`;
    tabled = null;
    fillTable();
    draw();
  }

  function draw() {
    remember();
    shown = folded(network, opened);
    for (const box of shown.boxes) {
      box.text = box.count > 1 ? `${box.title} ×${box.count}` : box.title;
      box.width = Math.max(90, LETTER * Math.max(box.text.length, box.note.length) + 24);
      box.height = HEIGHT;
    }
    worker.postMessage({ asked: ++asked, boxes: shown.boxes.map(({ id, width, height }) => ({ id, width, height })), arrows: shown.arrows });
  }

  worker.onmessage = ({ data }) => {
    if (data.asked !== asked) {
      return;
    }
    const at = new Map(data.boxes.map((box) => [box.id, box]));
    const lines = data.arrows.map(({ points }) => s("path", { class: "arrow", "marker-end": "url(#head)", d: points.map(({ x, y }, i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("") }));
    const boxes = shown.boxes.map((box) => {
      const { x, y } = at.get(box.id);
      const many = box.layers.length > 1;
      return s(
        "g",
        {
          class: `box${many ? " many" : ""}`,
          "data-id": box.id,
          transform: `translate(${(x - box.width / 2).toFixed(1)} ${(y - HEIGHT / 2).toFixed(1)})`,
          tabindex: 0,
          role: "button",
          "aria-label": `${box.text}, ${box.note}${many ? ", opens" : ""}`,
          onclick: () => choose(box, true),
          onkeydown: (event) => key(event, box),
          onfocus: () => choose(box, false),
        },
        s("rect", { width: box.width.toFixed(1), height: HEIGHT, rx: 8 }),
        s("text", { x: (box.width / 2).toFixed(1), y: 18, "text-anchor": "middle", class: "title" }, box.text),
        s("text", { x: (box.width / 2).toFixed(1), y: 35, "text-anchor": "middle", class: "small" }, box.note),
      );
    });
    const head = s("marker", { id: "head", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" }, s("path", { d: "M0 0L8 4L0 8z", class: "tip" }));
    const stood = picture.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    fill(picture, s("svg", { width: data.width, height: data.height, viewBox: `0 0 ${data.width} ${data.height}`, role: "group", "aria-label": `${network.title} as a diagram; arrow keys go along its arrows` }, s("defs", {}, head), ...lines, ...boxes));
    drawn = shown.boxes.map((box, i) => ({ box, element: boxes[i] }));
    mark();
    if (stood) {
      // Whoever opened a block by a key stands at its first layer.
      const at = drawn.find(({ box }) => box.id.startsWith(`${stood}.`)) ?? drawn.find(({ box }) => box.ids.includes(stood));
      at?.element.focus();
    }
    const box = shown.boxes.find((each) => each.ids.includes(chosen));
    if (box) {
      tellOf(box);
    } else {
      fill(details, h("p", { class: "note" }, "Choose a box to see what it computes, what it costs and what it sees; a press opens one that holds several layers."));
    }
  };

  function choose(box, act) {
    chosen = box.id;
    remember();
    if (act && box.layers.length > 1) {
      box.ids.forEach(unfold);
      draw();
    }
    mark();
    tellOf(box);
  }

  /** Opens a box, and what is alone in it. */
  function unfold(id) {
    opened.add(id);
    const within = new Set(network.layers.filter(({ name }) => name.startsWith(`${id}.`)).map(({ name }) => name.slice(id.length + 1).split(".")[0]));
    if (within.size === 1) {
      unfold(`${id}.${[...within][0]}`);
    }
  }

  function mark() {
    const word = find.value.trim().toLowerCase();
    for (const { box, element } of drawn) {
      box.words ??= (box.text + box.note + box.layers.map((each) => `${each.name} ${each.layer} ${each.output.join("×")}`).join()).toLowerCase();
      element.classList.toggle("found", word !== "" && box.words.includes(word));
      element.classList.toggle("chosen", box.ids.includes(chosen));
    }
  }

  function key(event, box) {
    const down = shown.arrows.filter((arrow) => arrow.from === box.id).map((arrow) => arrow.to);
    const up = shown.arrows.filter((arrow) => arrow.to === box.id).map((arrow) => arrow.from);
    const beside = (ids, step) => {
      const all = shown.arrows.filter((arrow) => ids.includes(arrow.from)).map((arrow) => arrow.to);
      return all[(all.indexOf(box.id) + step + all.length) % all.length];
    };
    const next = { ArrowDown: down[0], ArrowUp: up[0], ArrowRight: beside(up, 1), ArrowLeft: beside(up, -1) }[event.key];
    if (next) {
      picture.querySelector(`g[data-id="${CSS.escape(next)}"]`)?.focus();
      event.preventDefault();
    } else if (event.key === "Enter" || event.key === " ") {
      choose(box, true);
      event.preventDefault();
    }
  }

  function tellOf(box) {
    if (box.layers.length === 0) {
      fill(details, h("h3", {}, "Input"), h("p", {}, `Numbers of the shape ${network.input.join("×")}.`));
      return;
    }
    const sum = (name) => box.layers.reduce((all, layer) => all + layer[name], 0) * box.count;
    if (box.layers.length > 1) {
      fill(
        details,
        h("h3", {}, box.text),
        h("p", {}, `${box.layers.length} layers${box.count > 1 ? `, ${box.count} times over` : ""}: ${whole(sum("parameters"))} parameters, ${whole(sum("macs"))} multiply-accumulates. A press opens it.`),
      );
      return;
    }
    const layer = box.layers[0];
    if (inside.dataset.layer !== layer.name || !inside.isConnected) {
      inside.dataset.layer = layer.name;
      fill(inside);
      clearTimeout(rest);
      rest = setTimeout(() => look(inside, network, layer, isFile ? network.sent : isRun && !text ? named.value : null), WALKING); // whoever walks on has not looked
    }
    fill(
      details,
      h("h3", {}, layer.name),
      h("pre", {}, layer.layer),
      h(
        "dl",
        {},
        [
          ["reads", layer.inputs.map((shape) => shape.join("×")).join(", ")],
          ["makes", layer.output.join("×")],
          ["weights", `${whole(layer.weights)}${layer.weight_shapes.length ? ` (${layer.weight_shapes.map((shape) => shape.join("×")).join(", ")})` : ""}`],
          ["biases", whole(layer.biases)],
          ["multiply-accumulates", whole(layer.macs)],
          ["sees of the picture", layer.receptive_field?.join("×")],
        ].filter(([, value]) => value != null).map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
      ),
      inside,
      layer.formulas?.length > 0 && [h("h3", {}, "On paper"), h("dl", {}, layer.formulas.map(({ of, formula, value }) => [h("dt", {}, of), h("dd", {}, h("code", {}, `${formula} = ${Number.isInteger(value) ? whole(value) : value.toPrecision(4)}`))]))],
    );
  }

  /** Hundreds of rows are made when somebody wants to see them. */
  function fillTable() {
    if (!table.open || tabled === network) {
      return;
    }
    tabled = network;
    fill(
      table,
      table.firstChild,
      h(
        "div",
        { class: "list", tabindex: 0, role: "region", "aria-label": "All layers" },
        h(
          "table",
          {},
          h("thead", {}, h("tr", {}, ["layer", "what it is", "output", "parameters", "MACs"].map((head) => h("th", { scope: "col" }, head)))),
          h(
            "tbody",
            {},
            network.layers.map((layer) => h("tr", {}, h("th", { scope: "row" }, layer.name), h("td", {}, layer.layer), h("td", {}, layer.output.join("×")), h("td", { class: "number" }, whole(layer.parameters)), h("td", { class: "number" }, whole(layer.macs)))),
          ),
        ),
      ),
    );
  }

  named.addEventListener("change", () => {
    isRun = !networks.includes(named.value);
    another();
  });
  file.addEventListener("change", () => file.files[0] && another({ bytes: file.files[0] }));
  picture.addEventListener("dragover", (event) => event.preventDefault());
  picture.addEventListener("drop", (event) => {
    event.preventDefault();
    event.dataTransfer.files[0] && another({ bytes: event.dataTransfer.files[0] });
  });
  find.addEventListener("input", mark);
  await (fromLink ? written.take(query.get("typed")) : load());
  return () => {
    clearTimeout(rest);
    worker.terminate();
  };
}
