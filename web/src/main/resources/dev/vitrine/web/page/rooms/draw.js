// A canvas that a network reads while one draws, with what it sees and what each layer makes of it.
import { h, fill, percent, picture, signed } from "../dom.js";
import { ask, send } from "../server.js";

const SIDE = 280;
const PEN = 22;

export async function open(main, query, { say, go }) {
  const { fields, rows } = await ask("api/runs");
  const at = (key) => fields.findIndex((field) => field.key === key);
  const usable = rows.filter((row) => ["finished", "stopped", "running"].includes(row[at("state")])).reverse();
  if (usable.length === 0) {
    fill(main, h("h2", {}, "Draw"), h("p", { class: "card" }, "No run is here that could read a drawing. ", h("a", { href: "#/train?model=lenet&data=digits&epochs=1" }, "Train LeNet on drawn digits"), " first: it takes about a minute."));
    return () => {};
  }

  const run = h("select", { "aria-label": "Which run reads" }, usable.map((row) => h("option", { value: row[at("id")], selected: row[at("id")] === query.get("run") }, `${row[at("id")]}${row[at("test_accuracy")] == null ? "" : ` (${percent(row[at("test_accuracy")])})`}`)));
  const canvas = h("canvas", { class: "draw", width: SIDE, height: SIDE, tabindex: 0, role: "img", "aria-label": "Where you draw. With the keyboard: arrows move, Space puts the pen down and lifts it, U takes a stroke back, C clears." });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const cut = h("input", { type: "checkbox", checked: true });
  const layers = h("input", { type: "checkbox" });
  const saliency = h("input", { type: "checkbox" });
  const file = h("input", { type: "file", accept: "image/*", "aria-label": "A picture instead" });
  const answer = h("section", { "aria-label": "What the network reads", "aria-live": "polite" });
  const seen = h("section", { "aria-label": "What the network sees" });
  const inside = h("section", { "aria-label": "What each layer makes of it" });
  const times = h("p", { class: "note" });

  fill(
    main,
    h("h2", {}, "Draw"),
    h("div", { class: "bar" }, h("label", {}, "Read by ", run), file),
    h(
      "div",
      { class: "sides drawing" },
      h(
        "div",
        {},
        canvas,
        h("p", { class: "bar" }, h("button", { onclick: undo }, "Take back"), h("button", { onclick: clear }, "Clear"), h("label", {}, cut, "bring it to MNIST's form"), h("label", {}, layers, "show the layers"), h("label", {}, saliency, "what was decisive")),
        times,
      ),
      h("div", {}, answer, seen),
    ),
    inside,
  );

  let strokes = [];
  let background = null;

  function paint() {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, SIDE, SIDE);
    if (background) {
      const fit = Math.min(SIDE / background.width, SIDE / background.height);
      const [w, t] = [background.width * fit, background.height * fit];
      pen.drawImage(background, (SIDE - w) / 2, (SIDE - t) / 2, w, t);
    }
    pen.strokeStyle = "#000";
    pen.lineWidth = PEN;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    for (const stroke of strokes) {
      pen.beginPath();
      pen.moveTo(...stroke[0]);
      stroke.forEach((point) => pen.lineTo(...point));
      if (stroke.length === 1) {
        pen.lineTo(stroke[0][0] + 0.1, stroke[0][1]);
      }
      pen.stroke();
    }
  }

  function ink() {
    const { data } = pen.getImageData(0, 0, SIDE, SIDE);
    const bytes = new Uint8Array(SIDE * SIDE);
    let edge = 0;
    for (let i = 0; i < bytes.length; i++) {
      bytes[i] = 255 - Math.round(0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2]);
    }
    if (background) {
      // A picture that is light on dark has its ground along the edge.
      for (let i = 0; i < SIDE; i++) {
        edge += bytes[i] + bytes[SIDE * (SIDE - 1) + i];
      }
      if (edge / (2 * SIDE) > 128) {
        bytes.forEach((value, i) => (bytes[i] = 255 - value));
      }
    }
    return bytes;
  }

  // One question at a time; while it is open, only the newest drawing waits.
  let asking = false;
  let again = false;

  let drawn = null;

  function read() {
    drawn = ink();
    again = asking;
    if (!asking) {
      question();
    }
  }

  async function question() {
    asking = true;
    const start = performance.now();
    try {
      const read = await send("api/draw", { run: run.value, width: SIDE, height: SIDE, cut: cut.checked, layers: layers.checked, saliency: saliency.checked }, drawn);
      show(read);
      times.textContent = read.empty ? "" : `${(performance.now() - start).toFixed(1)} ms from the stroke to the bars, ${read.milliseconds.toFixed(1)} of them the network's`;
      say("");
    } catch (wrong) {
      say(wrong.message, true);
    } finally {
      asking = false;
      if (again) {
        again = false;
        question();
      }
    }
  }

  function show(read) {
    if (read.empty) {
      fill(answer, h("p", { class: "note" }, "Nothing is drawn: draw a digit with the mouse, a finger or a pen."));
      fill(seen);
      fill(inside);
      return;
    }
    fill(
      answer,
      h("h3", {}, `It reads ${read.top[0].name}`),
      h(
        "ol",
        { class: "guesses" },
        read.top.slice(0, 10).map((guess, i) => h("li", { class: i === 0 ? "first" : "" }, h("span", {}, guess.name), h("meter", { min: 0, max: 1, value: guess.probability, "aria-label": guess.name }), h("span", {}, percent(guess.probability, 1)))),
      ),
    );
    fill(
      seen,
      h("h3", {}, "What the network sees"),
      h("p", { class: "note" }, read.how),
      h(
        "div",
        { class: "maps" },
        picture(read.seen, 6, "The network's input"),
        read.saliency && signed(numbers(read.saliency), read.seen.width, read.seen.height, 6, "How the first guess's score changes with each pixel: red where more light raises it, blue where it lowers it"),
      ),
    );
    fill(inside, read.layers?.length ? [h("h3", {}, "What each layer makes of it"), read.layers.map(layer)] : []);
  }

  function numbers({ values }) {
    return Int8Array.from(atob(values), (letter) => letter.charCodeAt(0)).reduce((all, value, i) => ((all[i] = value / 127), all), []);
  }

  function layer(each) {
    const values = numbers(each);
    const [units, height, width] = each.shape.length === 3 ? each.shape : [1, 1, each.shape[0] ?? 1];
    const plane = height * width;
    const zoom = height === 1 ? 5 : Math.max(2, Math.round(56 / width));
    const maps = Array.from({ length: Math.min(units, 64) }, (_, u) => signed(values.slice(u * plane, (u + 1) * plane), width, height, zoom, `${each.path}, map ${u + 1}`));
    return [h("h4", {}, `${each.path} `, h("span", { class: "note" }, `${each.shape.join("×")}, largest ${each.scale.toPrecision(3)}${units > 64 ? ", the first 64 maps" : ""}`)), h("div", { class: "maps" }, maps)];
  }

  function undo() {
    strokes.pop();
    paint();
    read();
  }

  function clear() {
    strokes = [];
    background = null;
    file.value = "";
    paint();
    read();
  }

  const where = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * SIDE, ((event.clientY - box.top) / box.height) * SIDE];
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    strokes.push([where(event)]);
    paint();
    read();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (canvas.hasPointerCapture(event.pointerId)) {
      for (const each of event.getCoalescedEvents?.() ?? [event]) {
        strokes.at(-1).push(where(each));
      }
      paint();
      read();
    }
  });

  let cursor = [SIDE / 2, SIDE / 4];
  let down = false;
  const moves = { ArrowLeft: [-8, 0], ArrowRight: [8, 0], ArrowUp: [0, -8], ArrowDown: [0, 8] };
  canvas.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (moves[event.key]) {
      cursor = cursor.map((value, i) => Math.max(8, Math.min(SIDE - 8, value + moves[event.key][i])));
      down && strokes.at(-1).push([...cursor]);
    } else if (key === " ") {
      down = !down;
      down && strokes.push([[...cursor]]);
    } else if (key === "u") {
      undo();
    } else if (key === "c") {
      clear();
    } else {
      return;
    }
    event.preventDefault();
    paint();
    read(); // the ink is taken at once, before the cursor is painted over it
    pen.strokeStyle = down ? "#c22" : "#28c";
    pen.lineWidth = 2;
    pen.strokeRect(cursor[0] - 6, cursor[1] - 6, 12, 12);
  });

  for (const input of [cut, layers, saliency]) {
    input.addEventListener("change", read);
  }
  run.addEventListener("change", () => {
    go("draw", { run: run.value }, true);
    read();
  });
  file.addEventListener("change", async () => {
    try {
      background = await createImageBitmap(file.files[0]);
      strokes = [];
      paint();
      read();
    } catch {
      say("This file is no picture that the browser can show", true);
    }
  });

  paint();
  read();
  return () => {};
}
