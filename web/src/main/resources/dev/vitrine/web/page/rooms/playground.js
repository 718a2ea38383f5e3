// The playground: small networks on points in the plane, with every number in sight. It computes by itself, so that it plays
// from a saved file, too; a test holds it to the engine.
import { h, fill } from "../dom.js";
import { DEFAULTS, Lab } from "../playground/lab.js";
import { Maps, theme } from "../playground/maps.js";
import { Board } from "../playground/board.js";
import { Plane } from "../playground/plane.js";
import { Curve } from "../playground/curve.js";
import { Pointed, WeightTable } from "../playground/numbers.js";
import { Sharing, PARTS } from "../playground/sharing.js";
import { dataControls, field, networkControls, number, trainingControls } from "../playground/controls.js";
import { PRESETS, settingsOf } from "../playground/presets.js";
import { Runner, SPEEDS } from "../playground/runner.js";
import { copies } from "../playground/network.js";
import { fitted, read } from "../playground/table.js";
import { restore, words } from "../playground/state.js";
import { notices, standing } from "../playground/words.js";
import { short } from "../playground/data.js";

export async function open(main, query, { say, go }) {
  const lab = new Lab();
  const parts = (name) => (query.get(name) ?? "").split(",").filter((each) => PARTS[each]);
  const rules = { lock: parts("lock"), hide: parts("hide"), task: query.get("task") ?? "", class: query.get("class") };
  const teacher = rules.class !== null;
  const locked = (part = "weights") => rules.lock.includes(part);
  restore(lab, query);

  const state = { probe: { a: 0.5, b: 0.5 }, brush: "look", value: 1, showLines: true, preset: -1, otherRate: false };
  const output = () => ({ layer: lab.network.layers.length, unit: 0 });
  let pinned = output(), subject = pinned, maps = new Maps(lab), due = false, heard = 0, kept = 0;

  const section = (name, ...children) => h("section", { class: `pg-${name}`, hidden: rules.hide.includes(name) }, children);
  const form = (name) => h("fieldset", { class: `card pg-form`, disabled: locked(name), hidden: rules.hide.includes(name) });
  const forms = { data: form("data"), network: form("network"), training: form("training") };
  const boardHost = h("div", { class: "pg-board" });
  const planeHost = h("div", { class: "pg-picture" });
  const status = h("p", { class: "pg-standing" });
  const ear = h("p", { class: "pg-ear", role: "status" });
  const notice = h("ul", { class: "pg-notices" });
  const why = h("p", { class: "pg-why" });
  const clock = h("output", { class: "pg-clock", "aria-label": "Epoch" });

  const put = (index, value) => change(() => lab.put(index, Math.max(-1e6, Math.min(1e6, value))));
  const probe = (a, b, typed) => {
    state.probe = { a: lab.inputs === 1 || Number.isFinite(a) ? a : 0, b };
    if (!typed && subject.index !== undefined) {
      subject = output();
    }
    soon();
  };
  const board = new Board(boardHost, {
    locked, put,
    point: (what, at) => {
      subject = what;
      if (at) {
        const { a, b } = lab.extent;
        state.probe = { a: a[0] + at.x * (a[1] - a[0]), b: b[1] - at.y * (b[1] - b[0]) };
      }
      soon();
    },
    leave: () => ((subject = pinned), soon()),
    pin: (what, focus) => {
      pinned = subject = what;
      draw();
      if (focus) {
        pointed.focus();
      }
    },
    grow: (l, by) => set({ hidden: lab.settings.hidden.map((units, i) => (i === l ? units + by : units)) }),
  });
  const plane = new Plane(planeHost, {
    locked, probe,
    leave: () => ((subject = pinned), soon()),
    put: (pairs) => change(() => pairs.forEach(([index, value]) => lab.put(index, value))),
    draw: brushAt,
  });
  const curve = new Curve(planeHost);
  const lines = h("label", {}, h("input", { type: "checkbox", checked: true, onchange: (event) => ((state.showLines = event.target.checked), draw()) }), "lines of the first layer, to drag");
  planeHost.insertBefore(h("div", { class: "bar pg-under" }, lines), planeHost.children[1]);
  const pointedHost = h("section", { class: "card pg-numbers", hidden: rules.hide.includes("numbers") });
  const pointed = new Pointed(pointedHost, { put, probe, locked });
  const table = new WeightTable(pointedHost, { put, locked });
  const sharingHost = section("share");
  const sharing = new Sharing(sharingHost, { say, teacher });

  const runner = new Runner(lab, () => {
    draw();
    buttons();
  });
  const run = h("button", { type: "button", class: "main pg-run", onclick: () => (runner.running ? runner.stop() : runner.start()) }, "Run");
  const one = h("button", { type: "button", onclick: () => runner.one("step") }, "Step");
  const epoch = h("button", { type: "button", onclick: () => runner.one("epoch") }, "Epoch");
  const rewind = h("button", { type: "button", onclick: () => (runner.stop(), lab.rewind(), say("Back at the same start"), draw()) }, "Rewind");
  const speed = field("Speed", h("select", { onchange: (event) => (runner.speed = event.target.value) }, Object.entries(SPEEDS).map(([key, title]) => h("option", { value: key, selected: key === runner.speed }, title))));
  const stop = h("span");
  const presets = h("select", { "aria-label": "An example", disabled: locked("presets"), onchange: (event) => preset(Number(event.target.value)) },
    h("option", { value: -1 }, "an example …"),
    [true, false].map((works) => h("optgroup", { label: works ? "that succeed" : "that fail" }, PRESETS.map((each, i) => each.works === works && h("option", { value: i }, each.title)))));

  fill(
    main,
    h("div", { class: "pg-top" }, h("h2", {}, "Playground"), !rules.hide.includes("presets") && presets, why),
    rules.task && h("section", { class: "card pg-task", "aria-label": "Task" }, h("h3", {}, "Task"), h("p", {}, rules.task)),
    h("div", { class: "bar pg-drive", role: "group", "aria-label": "Training" }, run, one, epoch, rewind, clock, speed, stop),
    h("div", { class: "pg-room" },
      h("div", { class: "pg-left" }, forms.data, forms.training),
      h("div", { class: "pg-middle" }, forms.network, h("section", { class: "card pg-net", "aria-label": "The network" }, boardHost, h("p", { class: "note" }, "Drag a line up or down: weights between units, biases from the dots below them. Blue is below 0, orange above."), notice), pointedHost),
      h("div", { class: "pg-right" }, h("section", { class: "card", "aria-label": "What the network answers" }, status, planeHost)),
    ),
    sharingHost,
    ear,
  );

  planeHost.addEventListener("dragover", (event) => event.preventDefault());
  planeHost.addEventListener("drop", async (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file && !locked("data")) {
      takeFile(file);
    }
  });

  function preset(i) {
    if (i >= 0) {
      state.preset = i;
      state.brush = "look";
      runner.stop();
      lab.set(settingsOf(PRESETS[i]), DEFAULTS);
      rebuild();
      say(`${PRESETS[i].title}: press Run`);
    }
  }

  function set(changed) {
    runner.stop();
    state.preset = -1;
    lab.set(changed);
    rebuild();
  }

  function tune(changed) {
    lab.tune(changed);
    state.otherRate = false;
    controls();
    draw();
  }

  /** A change by hand, without anything being built anew. */
  function change(what) {
    if (!locked()) {
      what();
      soon();
    }
  }

  function take(text) {
    try {
      const own = read(text);
      set({ data: "own", own: { ...own, points: fitted(own.points) } });
      say(`${own.points.length} points taken${own.names.length ? `; classes ${own.names.join(", ")}` : ""}`);
    } catch (wrong) {
      say(wrong.message, true);
    }
  }

  /** Two thousand rows never need a megabyte. */
  async function takeFile(file) {
    if (file.size > 1 << 20) {
      say(`${file.name} has ${Math.ceil(file.size / 1024)} KB: expected a table of at most 1024`, true);
    } else {
      take(await file.text());
    }
  }

  function brushAt(a, b) {
    if (locked("data")) {
      return;
    }
    let points = [...lab.points];
    if (state.brush === "erase") {
      const far = ({ a: x, b: y, t }) => Math.hypot((x - a) / (lab.extent.a[1] - lab.extent.a[0]), ((lab.inputs === 1 ? t : y) - b) / (plane.reach.b[1] - plane.reach.b[0])) > 0.035;
      points = points.filter(far);
    } else if (points.length < 2000) {
      const t = lab.inputs === 1 ? short(b) : lab.task === "numbers" ? state.value : Number(state.brush);
      points.push({ a: short(a), b: lab.inputs === 1 ? 0 : short(b), t });
    }
    if (points.length !== lab.points.length) {
      runner.stop();
      lab.take({ points, classes: lab.classes || 2, inputs: lab.inputs, task: lab.task });
      state.preset = -1;
      rebuild();
    }
  }

  const act = {
    set, tune, say, csv: take, csvFile: takeFile,
    brush: (brush) => ((state.brush = brush), controls(), draw()),
    brushNow: () => state.brush, valueNow: () => state.value, drawValue: (value) => (state.value = value),
    askRate: () => ((state.otherRate = true), controls()), otherRate: () => state.otherRate,
  };

  /** Forms are drawn anew; who was in one stays there. */
  function controls() {
    const active = document.activeElement;
    const [formAt, at] = Object.values(forms).reduce((found, each) => (each.contains(active) ? [each, [...each.querySelectorAll("select, input, button, textarea, summary")].indexOf(active)] : found), [null, -1]);
    const csvOpen = forms.data.querySelector("details")?.open;
    dataControls(forms.data, lab, act);
    networkControls(forms.network, lab, act);
    trainingControls(forms.training, lab, act);
    forms.data.querySelector("details").open = csvOpen ?? false;
    fill(stop, number("Stop at epoch", "stop", lab.settings.stop, (value) => ((lab.settings.stop = value), draw()), say, { min: 0, step: 1, title: "0: never" }));
    for (const seed of main.querySelectorAll(".pg-seed")) {
      seed.hidden = rules.hide.includes("seeds");
      seed.querySelectorAll("input, button").forEach((each) => (each.disabled = locked("seeds")));
    }
    if (formAt && document.activeElement !== active) {
      formAt.querySelectorAll("select, input, button, textarea, summary")[at]?.focus();
    }
    presets.value = String(state.preset);
    fill(why, state.preset >= 0 && [h("strong", {}, PRESETS[state.preset].works ? "Succeeds. " : "Fails. "), PRESETS[state.preset].why]);
  }

  function rebuild() {
    pinned = subject = output();
    maps = new Maps(lab);
    controls();
    board.build(lab);
    draw();
  }

  function buttons() {
    run.textContent = runner.running ? "Pause" : "Run";
    run.classList.toggle("pg-runs", runner.running);
    one.disabled = epoch.disabled = runner.running;
  }

  function soon() {
    if (!due && !runner.running) {
      due = true;
      requestAnimationFrame(() => ((due = false), draw()));
    }
  }

  function draw() {
    const now = performance.now(), look = theme(), quiet = !runner.running;
    maps.compute(lab.network);
    board.paint(maps, look, quiet || now - heard > 1000);
    plane.draw(lab, maps, look, state);
    clock.textContent = `epoch ${lab.training.epoch}`;
    pointed.draw(lab, subject, pinned, state.probe);
    if (quiet || now - heard > 500) {
      heard = now;
      curve.draw(lab, look);
      curve.list();
      table.draw(lab);
      status.textContent = standing(lab);
      fill(notice, notices(lab).map((text) => h("li", {}, text)));
      board.mark([...copies(lab.network).map((each) => ({ ...each, mark: "=" })), ...lab.deadUnits().map((each) => ({ ...each, mark: "0" }))]);
      lines.hidden = lab.inputs !== 2 || String(lab.settings.features) !== "x1,x2";
    }
    if (quiet || now - kept > 3000) {
      kept = now;
      later();
    }
  }

  let waits = 0;
  /** What is heard, what is linked to and what stands in open parts follows when hands rest. */
  function later() {
    clearTimeout(waits);
    waits = setTimeout(() => {
      const own = Object.fromEntries(Object.entries({ task: rules.task, lock: rules.lock.join(","), hide: rules.hide.join(","), class: rules.class }).filter(([, value]) => value));
      go("playground", { ...words(lab), ...own }, true);
      ear.textContent = standing(lab);
      if (!runner.running) {
        sharing.draw(lab);
      }
    }, 250);
  }

  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const resized = new ResizeObserver(soon);
  scheme.addEventListener("change", soon);
  resized.observe(planeHost);
  rebuild();
  buttons();
  return () => {
    runner.stop();
    clearTimeout(waits);
    resized.disconnect();
    scheme.removeEventListener("change", soon);
  };
}
