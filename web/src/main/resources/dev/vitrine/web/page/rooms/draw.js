// A canvas that a network reads while one draws, with what it sees and what each layer makes of it.
import { h, fill, percent, picture, signed } from "../dom.js";
import { ask, send, tell } from "../server.js";
import { pad, SIDE } from "../pad.js";
import { layerMaps, numbers } from "../maps.js";

const EMBEDDED = "embedded:digits";
const USABLE = ["finished", "stopped", "running"];

/** What a network can be given otherwise than it should be, to see what each step is good for. */
const STEPS = [
  ["light", "light on dark"],
  ["cut", "cut out, 20 points high or wide"],
  ["strokes", "strokes as thick as MNIST’s"],
  ["centre", "centre of mass in the middle"],
];

const VIEWS = [
  ["steps", "each step"],
  ["layers", "the layers"],
  ["saliency", "which pixels were decisive"],
  ["occlusion", "what happens where a square is covered"],
];

/** The runs that can read a drawing, the newest first, and the network that is always there. */
async function readers() {
  const { fields, rows } = await ask("api/runs");
  const at = (key) => fields.findIndex((field) => field.key === key);
  const usable = rows.filter((row) => USABLE.includes(row[at("state")])).reverse();
  const named = usable.map((row) => {
    const accuracy = row[at("test_accuracy")];
    return { id: row[at("id")], name: `${row[at("id")]}${accuracy == null ? "" : ` (${percent(accuracy)})`}` };
  });
  return [...named, { id: EMBEDDED, name: "the network that comes with Vitrine" }];
}

export async function open(main, query, { say, go }) {
  const all = await readers();
  const wanted = all.some(({ id }) => id === query.get("run")) ? query.get("run") : all[0].id;
  const run = h("select", { "aria-label": "Which network reads" }, all.map(({ id, name }) => h("option", { value: id, selected: id === wanted }, name)));
  const box = (checked) => ([key, label]) => [key, h("input", { type: "checkbox", checked }), label];
  const steps = STEPS.map(box(true));
  const views = VIEWS.map(box(false));
  const labelled = (boxes) => boxes.map(([, input, label]) => h("label", {}, input, label));
  const file = h("input", { type: "file", accept: "image/*", "aria-label": "A picture instead" });
  const answer = h("section", { "aria-label": "What the network reads", "aria-live": "polite" });
  const seen = h("section", { "aria-label": "What the network sees" });
  const inside = h("section", { "aria-label": "What each layer makes of it" });
  const times = h("p", { class: "note" });
  const should = h("select", { "aria-label": "What it should have been" });
  const keep = h("button", { onclick: () => act("api/drawings", { class: should.value }) }, "Keep it");
  const back = h("button", { hidden: true, onclick: takeBack }, "Take the last one back");
  const kept = h("div", { class: "note", role: "status" });
  const sheet = pad(read);
  const gone = h("p", { class: "wrong", hidden: !query.has("run") || wanted === query.get("run") }, `There is no run ${query.get("run")} here that reads: it was renamed, or its folder removed. Another reads below.`);

  fill(
    main,
    h("h2", {}, "Draw"),
    h("div", { class: "bar" }, h("label", {}, "Read by ", run), h("label", {}, "or read a picture ", file)),
    gone,
    h(
      "div",
      { class: "sides drawing" },
      h(
        "div",
        { class: "sheet" },
        sheet.canvas,
        h("p", { class: "bar" }, h("button", { onclick: sheet.undo }, "Take back"), h("button", { onclick: sheet.redo }, "Again"), h("button", { onclick: clear }, "Clear")),
        times,
      ),
      h("div", { class: "answer" }, answer, seen),
      h(
        "div",
        { class: "way" },
        h("fieldset", { class: "bar" }, h("legend", {}, "On its way to the network"), labelled(steps)),
        h("fieldset", { class: "bar" }, h("legend", {}, "Show"), labelled(views)),
        h("fieldset", { class: "bar" }, h("legend", {}, "It should have been a"), should, keep, back, kept),
      ),
    ),
    inside,
  );

  // One question at a time; while it is open, only the newest drawing waits.
  let asking = false;
  let again = false;
  let drawn = sheet.ink();

  const settings = () => ({ run: run.value, width: SIDE, height: SIDE, ...Object.fromEntries([...steps, ...views].map(([key, input]) => [key, input.checked])) });

  function read(ink) {
    drawn = ink ?? drawn;
    again = asking;
    if (!asking) {
      question();
    }
  }

  async function question() {
    asking = true;
    const start = performance.now();
    try {
      const read = await send("api/draw", settings(), drawn);
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
    keep.disabled = read.empty;
    classes(read.classes);
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
        read.top.slice(0, 11).map((guess, i) => h("li", { class: i === 0 ? "first" : "" }, h("span", {}, guess.name), h("meter", { min: 0, max: 1, value: guess.probability, "aria-label": guess.name }), h("span", {}, percent(guess.probability, 1)))),
      ),
    );
    const { width, height } = read.seen;
    const under = (each, text) => h("figure", { class: "small" }, each, h("figcaption", { class: "note" }, text));
    fill(
      seen,
      h("h3", {}, "What the network sees"),
      h("p", { class: "note" }, read.how),
      read.steps && h("div", { class: "maps steps" }, read.steps.map(({ name, picture: each }, i) => under(picture(each, 84 / each.width, `Step ${i + 1}: ${name}`), `${i + 1}. ${name}`))),
      h(
        "div",
        { class: "maps" },
        under(picture(read.seen, 168 / width, "The network's input"), "its input"),
        read.saliency && under(signed(numbers(read.saliency), width, height, 168 / width, "How the first guess's score changes with each pixel"), "red: more light raises the first guess's score; blue: lowers it"),
        read.occlusion && under(signed(numbers(read.occlusion), read.occlusion.columns, read.occlusion.rows, 168 / read.occlusion.columns, "How the first guess's score falls where a square is covered"), `red: covering ${read.occlusion.side}×${read.occlusion.side} pixels here lowers it, by up to ${read.occlusion.scale.toPrecision(3)}`),
      ),
    );
    fill(inside, read.layers?.length ? [h("h3", {}, "What each layer makes of it"), read.layers.map(layer)] : []);
  }

  function layer(each) {
    const { maps, note } = layerMaps(each);
    return [h("h4", {}, `${each.path} `, h("span", { class: "note" }, note)), maps];
  }

  /** What a drawing can be kept as: what the network tells apart, in its order. */
  function classes(names) {
    if (names.join() !== [...should.options].map(({ value }) => value).join()) {
      fill(should, names.map((name) => h("option", { value: name }, name)));
    }
  }

  async function act(path, more) {
    try {
      showKept(await send(path, { ...settings(), ...more }, drawn));
      say("");
    } catch (wrong) {
      say(wrong.message, true);
    }
  }

  async function takeBack() {
    try {
      showKept(await tell("api/drawings/take-back"));
    } catch (wrong) {
      say(wrong.message, true);
    }
  }

  function showKept({ counts, folder, can_take_back: can, evaluate }) {
    const some = Object.entries(counts);
    back.hidden = !can;
    fill(
      kept,
      some.length === 0
        ? "A drawing that is kept becomes a picture of a data set of your own."
        : [
            `Kept: ${some.map(([name, count]) => `${count} × ${name}`).join(", ")}. `,
            h("a", { href: `#/train?${new URLSearchParams({ data: folder })}` }, "Train on them"),
            h("pre", {}, evaluate.replace("RUN", run.value === EMBEDDED ? "RUN" : run.value)),
          ],
    );
  }

  function clear() {
    file.value = "";
    sheet.clear();
  }

  for (const [, input] of [...steps, ...views]) {
    input.addEventListener("change", () => {
      const cut = steps.find(([key]) => key === "cut")[1].checked;
      steps.filter(([key]) => key === "strokes" || key === "centre").forEach(([, each]) => (each.disabled = !cut));
      read();
    });
  }
  run.addEventListener("change", () => {
    gone.hidden = true;
    go("draw", { run: run.value }, true);
    read();
  });
  file.addEventListener("change", async () => {
    try {
      sheet.show(await createImageBitmap(file.files[0]));
    } catch {
      say("This file is no picture that the browser can show", true);
    }
  });

  read();
  showKept(await ask("api/drawings"));
  return () => {};
}
