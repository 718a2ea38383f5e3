// Trainings: what one is told, how those that wait and run stand, and the hash that proves the end.
import { h, fill, percent, whole, decimal } from "../dom.js";
import { ask, tell } from "../server.js";
import { chart } from "../chart.js";
import { listen } from "../events.js";
import { typedNetwork } from "../typed.js";
import { within } from "../within.js";

const USUAL = ["model", "data", "epochs", "batch", "optimizer", "lr", "seed", "train-images"];
const PHASES = {
  WAITING: "waits",
  LOADING: "reads its data",
  TRAINING: "trains",
  PAUSED: "paused",
  EVALUATING: "is judged by the test data",
  FINISHED: "finished",
  STOPPED: "stopped, with a checkpoint",
  FAILED: "cannot be",
};

export async function open(main, query, { say, go }) {
  const known = await ask("api/settings");
  const inputs = new Map();

  function field(setting) {
    const own = { "data-setting": setting.name, placeholder: setting.standard ?? (setting.otherwise || setting.label), title: setting.help };
    const value = query.get(setting.name) ?? "";
    const names = setting.name === "model" ? "models" : setting.name === "data" ? "datas" : null;
    const input =
      setting.kind === "FLAG"
        ? h("select", own, h("option", { value: "" }, "no"), h("option", { value: "true", selected: value === "true" }, "yes"))
        : h("input", { ...own, value, list: names, spellcheck: "false", autocomplete: "off" });
    inputs.set(setting.name, input);
    return h("label", {}, setting.name, input);
  }

  const usual = known.settings.filter((each) => USUAL.includes(each.name)).sort((a, b) => USUAL.indexOf(a.name) - USUAL.indexOf(b.name));
  const more = known.settings.filter((each) => !USUAL.includes(each.name));
  const wrong = h("p", { class: "wrong", role: "alert" });
  const given = (name) => inputs.get(name).value.trim() || known.settings.find((each) => each.name === name).standard;
  const typed = typedNetwork(() => ({ name: given("model"), data: given("data") }), say, {
    title: "Edit the network as JSON",
    note: "What stands here is trained in place of the model above, and kept as a file beside the runs, so that the command line can train it too.",
    begin: "Begin with the model above",
    empty: "Empty: the model above is trained.",
  });
  const form = h(
    "form",
    {
      class: "card",
      onsubmit: async (event) => {
        event.preventDefault();
        wrong.textContent = "";
        const settings = {};
        inputs.forEach((input, name) => {
          if (input.value.trim()) {
            settings[name] = input.value.trim();
          }
        });
        try {
          const network = typed.text();
          const { number } = await tell("api/trainings", network ? { settings, network } : { settings });
          say(`Training ${number} is in the queue.`);
        } catch (error) {
          if (typed.text() && error.message.startsWith("The network")) {
            typed.complain(error.message);
          } else {
            wrong.textContent = error.message;
          }
        }
      },
    },
    h("datalist", { id: "models" }, known.models.map((name) => h("option", { value: name }))),
    h("datalist", { id: "datas" }, known.data.map((name) => h("option", { value: name }))),
    h("div", { class: "fields" }, usual.map(field)),
    typed.element,
    h("details", {}, h("summary", {}, `${more.length} more settings`), h("div", { class: "fields" }, more.map(field))),
    h("p", { class: "bar" }, h("button", { class: "main", type: "submit" }, "Train"), h("span", { class: "note" }, "What is empty is as the command line has it without the option.")),
    wrong,
  );
  const list = h("section", { "aria-label": "Trainings" });
  const inside = within();
  const curves = h("section", { "aria-label": "The newest training's curves" });
  fill(main, h("h2", {}, "Train"), h("div", { class: "sides two" }, h("div", {}, form, curves), h("div", {}, list, inside.confusion)), inside.element);

  const cards = new Map();

  function card(training) {
    const key = `${training.number} ${training.title} ${training.command}`; // another server counts from 1 again
    if (!cards.has(key)) {
      cards.set(key, made(training));
    }
    cards.get(key).show(training);
    return cards.get(key).element;
  }

  function made(first) {
    const state = h("p", { class: "state" });
    const bar = h("progress", { max: 1, value: 0, "aria-label": `Training ${first.number}` });
    const figures = h("p", { class: "note" });
    const act = (what) => async () => {
      try {
        await tell(`api/trainings/${first.number}/${what}`);
      } catch (error) {
        say(error.message, true);
      }
    };
    const pause = h("button", { onclick: act("pause") }, "Pause");
    const on = h("button", { onclick: act("go-on") }, "Go on");
    const stop = h("button", { onclick: act("stop") }, "Stop");
    const end = h("p", {});
    const element = h(
      "article",
      { class: "card", "aria-label": `Training ${first.number}` },
      h("h3", {}, `${first.number}. ${first.title}`),
      state,
      bar,
      figures,
      h("p", { class: "bar" }, pause, on, stop),
      end,
      h("details", {}, h("summary", {}, "The command that does the same"), h("pre", {}, first.command)),
    );
    return {
      element,
      show(t) {
        state.textContent = t.sentence ? `${PHASES[t.phase]}: ${t.sentence}` : PHASES[t.phase];
        state.classList.toggle("wrong", t.phase === "FAILED");
        bar.value = t.totalSteps ? t.step / t.totalSteps : 0;
        figures.textContent = t.totalSteps
          ? `epoch ${t.epoch}, step ${whole(t.step)} of ${whole(t.totalSteps)}, loss ${decimal(t.loss)}, ${typeof t.imagesPerSecond === "number" ? whole(t.imagesPerSecond) : "–"} images/s`
          : "";
        pause.disabled = t.phase !== "TRAINING";
        on.disabled = t.phase !== "PAUSED";
        stop.disabled = ["FINISHED", "STOPPED", "FAILED"].includes(t.phase);
        fill(
          end,
          t.hash && ["parameters ", h("code", { class: "hash" }, t.hash.slice(0, 16)), t.testAccuracy != null && `, test accuracy ${percent(t.testAccuracy)}. `],
          t.run && h("a", { href: `#/runs?runs=${encodeURIComponent(t.run)}` }, `Run ${t.run}`),
          t.run && t.phase === "FINISHED" && [" · ", h("a", { href: `#/draw?run=${encodeURIComponent(t.run)}` }, "Draw for it")],
        );
      },
    };
  }

  const loss = chart({ title: "Loss", sentence: "", xLabel: "step", x: [], series: [] });
  const accuracy = chart({ title: "Accuracy", sentence: "", xLabel: "epoch", x: [], series: [] });
  loss.hidden = accuracy.hidden = true;
  fill(curves, loss, accuracy);
  inside.element.hidden = true;

  let drawn = "";
  async function drawCurves(training) {
    const key = `${training.run}:${training.epoch}:${training.phase}:${training.looks}`;
    if (key === drawn) {
      return;
    }
    drawn = key;
    inside.element.hidden = false;
    inside.show(training);
    const run = await ask("api/run", { run: training.run }).catch(() => null);
    const steps = run?.curves?.steps ?? [];
    loss.hidden = steps.length < 2;
    if (steps.length < 2) {
      accuracy.hidden = true;
      return;
    }
    const epochs = run.curves.epochs;
    loss.update({
      title: `${training.run}: loss`,
      sentence: `The newest ${decimal(steps.at(-1).loss)} after ${whole(steps.at(-1).step)} steps.`,
      xLabel: "step",
      x: steps.map((each) => each.step),
      series: [{ label: "training loss", values: steps.map((each) => each.loss), width: 1.5 }],
    });
    accuracy.hidden = !epochs.some((each) => each.validation_accuracy != null);
    if (!accuracy.hidden) {
      accuracy.update({
        title: "Accuracy",
        sentence: `${percent(epochs.at(-1).validation_accuracy)} on validation after epoch ${epochs.length}.`,
        xLabel: "epoch",
        x: epochs.map((each) => each.epoch),
        series: [
          { label: "validation", values: epochs.map((each) => each.validation_accuracy ?? null) },
          { label: "while training", values: epochs.map((each) => each.train_accuracy), dash: [5, 4] },
        ],
      });
    }
  }

  return listen("trainings", ({ trainings }) => {
    if (trainings.length === 0) {
      fill(list, h("p", { class: "note" }, "Nothing trains yet. A training goes on when this page is closed; it ends with the server, and can be gone on with."));
      return;
    }
    const wanted = trainings.toReversed().map(card);
    wanted.forEach((element, i) => {
      if (list.children[i] !== element) {
        list.insertBefore(element, list.children[i] ?? null);
      }
    });
    while (list.children.length > wanted.length) {
      list.lastChild.remove();
    }
    const newest = trainings.findLast((each) => each.run);
    if (newest) {
      drawCurves(newest);
    }
  });
}
