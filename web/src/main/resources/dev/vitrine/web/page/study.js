// One study: how far it is, its trials as a table that fills while it works, its journal, its report.
import { h, fill, percent, whole } from "./dom.js";
import { ask, tell } from "./server.js";
import { listen } from "./events.js";

const PHASES = { WAITING: "waits for its turn", WORKING: "works", FINISHED: "all is done", ENDED_EARLY: "ended early", STOPPED: "stopped", FAILED: "failed" };
const MOST_SEEDS = 12;
const EVERY = 3000;

const left = (seconds) => (seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} min`);
const varied = (values) => Object.entries(values).map(([name, value]) => `${name}=${value}`).join(" ");
const over = (news) => !["WAITING", "WORKING"].includes(news.phase);

/** The mean of one figure with its deviation, as a person writes it. */
function mean(fold, accuracy) {
  if (!fold || typeof fold.mean !== "number") {
    return "";
  }
  const figure = accuracy ? percent(fold.mean) : fold.mean.toPrecision(4);
  return fold.deviation == null ? figure : `${figure} ± ${accuracy ? (100 * fold.deviation).toPrecision(2) : fold.deviation.toPrecision(2)}`;
}

/** Points down, seeds across; the darker, the better among all. */
function trials(study, name) {
  const { results } = study;
  const accuracy = results.study.metric !== "validation-loss";
  const key = accuracy ? "validation_accuracy" : "validation_loss";
  const seeds = Array.isArray(results.study.seeds) ? results.study.seeds : [];
  const each = seeds.length <= MOST_SEEDS ? seeds : [];
  const underway = new Set(study.underway);
  const all = results.arms.flatMap((arm) => arm.points).flatMap((point) => point.trials.map((trial) => trial[key])).filter((value) => typeof value === "number");
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const good = (value) => (high === low ? 1 : accuracy ? (value - low) / (high - low) : (high - value) / (high - low));

  function cell(trial, seed, point) {
    if (!trial) {
      return h("td", { class: "trial", "data-trial": `${point.id}-s${seed}` }, "·");
    }
    const value = trial[key];
    const failed = trial.state === "diverged" || trial.state === "failed";
    const text = failed ? (trial.state === "diverged" ? "diverged" : "failed") : typeof value === "number" ? (accuracy ? percent(value, 1) : value.toPrecision(3)) : underway.has(trial.id) ? "…" : trial.state === "paused" ? "left out" : "begun";
    const td = h("td", { class: `trial${failed ? " bad" : ""}`, "data-trial": trial.id, title: trial.cause ?? trial.command }, h("a", { href: `#/runs?runs=${encodeURIComponent(`${name}/${trial.id}`)}` }, text));
    if (typeof value === "number" && !failed) {
      td.style.setProperty("--good-share", good(value));
    }
    return td;
  }

  // An arm's own settings are in its name.
  const label = (arm, point) => {
    const own = results.study.arms?.[arm.name] ?? {};
    const rest = varied(Object.fromEntries(Object.entries(point.varied).filter(([setting, value]) => String(own[setting]) !== value)));
    return arm.name === varied(point.varied) || !rest ? arm.name : `${arm.name} ${rest}`;
  };
  const rows = results.arms.flatMap((arm) =>
    arm.points.map((point) => {
      const chosen = arm.chosen === point.id;
      const by = new Map(point.trials.map((trial) => [trial.seed, trial]));
      const done = point.trials.filter((trial) => typeof trial[key] === "number").length;
      return h(
        "tr",
        { class: chosen ? "chosen" : "" },
        h("th", { scope: "row" }, label(arm, point), chosen && h("span", { class: "badge" }, "chosen")),
        h("td", { class: "number" }, mean(point[key], accuracy)),
        each.length === 0 && h("td", { class: "number" }, `${done} of ${seeds.length}`),
        h("td", { class: "number" }, point.test_r2 ? `${mean(point.test_loss, false)}, R² ${point.test_r2.mean.toPrecision(3)}` : mean(point.test_accuracy, true)),
        each.map((seed) => cell(by.get(seed), seed, point)),
      );
    }),
  );
  const note = h("p", { class: "note" }, `${accuracy ? "The share read right" : "The loss"}, on validation data with each seed and as their mean; of what was chosen on test data, too.`);
  const list = h(
    "div",
    { class: "list", tabindex: 0, role: "region", "aria-label": "The study's trials" },
    h(
      "table",
      { class: "trials" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "settings"), ["validation", each.length === 0 && "trained", "test", ...each.map((seed) => `seed ${seed}`)].filter(Boolean).map((head) => h("th", { scope: "col", class: "number" }, head)))),
      h("tbody", {}, rows),
    ),
  );
  return [note, list];
}

/** Shows a study of a name, and follows it; answers what ends that. */
export function watch(element, name, { say, changed }) {
  const state = h("p", { class: "state", role: "status" });
  const bar = h("progress", { max: 1, value: 0, "aria-label": `Study ${name}` });
  const running = h("ul", { class: "running", "aria-label": "Trials that are trained now" });
  const sentence = h("p", {});
  const acts = h("p", { class: "bar" });
  const table = h("div");
  const lines = h("ol");
  const journal = h("div", { class: "journal", tabindex: 0, role: "region", "aria-label": "Journal, the newest first" }, lines);
  const commands = h("div");
  const frame = h("details", {}, h("summary", {}, "Its report"));
  const question = h("p", { class: "note" });
  let study = null;
  let news = null;
  let ended = false;
  fill(element, h("h3", {}, name), question, state, bar, running, sentence, acts, table, h("details", { open: true }, h("summary", {}, "Journal"), journal), frame, commands);

  frame.addEventListener("toggle", () => {
    if (frame.open && !frame.querySelector("iframe")) {
      frame.append(h("iframe", { class: "trace", title: `The report of ${name}`, src: `api/study/report?study=${encodeURIComponent(name)}` }));
    }
  });

  const act = (path, body, what) => async () => {
    try {
      await tell(path, body);
      say(what);
    } catch (wrong) {
      say(wrong.message, true);
    }
  };

  const live = () => news && !over(news);

  function showState() {
    const now = live() ? news : null;
    const pace = now?.pace;
    const waits = now?.phase === "WAITING";
    const words = [];
    if (now) {
      words.push(waits ? PHASES.WAITING : pace.due > pace.done ? `${whole(pace.done)} of ${whole(pace.due)} trials done, ${Object.keys(pace.running).length} running` : (now.doing ?? "works"));
      if (!waits && pace.secondsLeft != null && pace.due > pace.done) words.push(`about ${left(pace.secondsLeft)} left until the next decision`);
      if (now.failed) words.push(`${whole(now.failed)} failed`);
    } else if (study) {
      words.push(study.state === "working" ? "works, started elsewhere" : study.state === "broke off" ? "broke off: it goes on from its last checkpoints" : study.state);
      if (study.results) words.push(`${whole(study.finished)} trials finished${study.state === "done" ? "" : `, of at most ${whole(study.planned)}`}`);
      if (study.failed) words.push(`${whole(study.failed)} failed`);
    } else {
      words.push(news ? PHASES[news.phase] : "");
    }
    state.textContent = words.filter(Boolean).join(" · ");
    bar.hidden = !now || waits;
    bar.value = pace?.share ?? 0;
    if (now && pace.due <= pace.done) {
      bar.removeAttribute("value"); // nobody knows how long this takes
    }
    const trains = Object.entries(now?.pace.running ?? {});
    const cells = new Map(trains.map(([trial]) => [trial, table.querySelector(`[data-trial="${CSS.escape(trial)}"]`)]));
    const called = (trial) => [cells.get(trial)?.closest("tr").firstElementChild.firstChild.textContent ?? trial, `seed ${trial.split("-s").at(-1)}`].join(", ");
    fill(running, trains.map(([trial, share]) => h("li", {}, h("progress", { max: 1, value: share, "aria-label": called(trial) }), called(trial))));
    running.hidden = trains.length === 0;
    for (const [trial, share] of trains) {
      const cell = cells.get(trial);
      if (cell) {
        (cell.firstElementChild ?? cell).textContent = `… ${percent(share, 0)}`;
        cell.classList.add("underway"); // a share of its steps is no accuracy
      }
    }
    const why = news && over(news) ? news.sentence : null;
    sentence.textContent = why ? `${PHASES[news.phase]}: ${why}` : (study?.sentence ?? "");
    sentence.hidden = !sentence.textContent;
    sentence.className = news?.phase === "FAILED" || study?.sentence ? "wrong" : "";
  }

  function showActs() {
    const working = live() || study?.state === "working";
    const sweep = study?.results;
    const key = [working, study?.state, study?.failed, study?.report, live() && news.number].join();
    if (acts.dataset.key === key) {
      return; // a button that is just being pressed stays the same
    }
    acts.dataset.key = key;
    fill(
      acts,
      live() && h("button", { onclick: act(`api/studies/${news.number}/stop`, {}, `Study ${name} stops after the steps that its trials are in.`) }, "Stop"),
      !working && sweep && study.state !== "done" && h("button", { class: "main", onclick: act("api/studies", { resume: name }, `Study ${name} is in the queue.`) }, "Go on"),
      !working && study?.failed > 0 && h("button", { onclick: act("api/studies", { resume: name, "retry-failed": true }, `Study ${name} is in the queue.`) }, "Try again what failed"),
      sweep && h("a", { href: `#/runs?find=${encodeURIComponent(`study=${name}`)}` }, "Its trials as runs"),
      study?.report && h("a", { href: `api/study/report?study=${encodeURIComponent(name)}`, target: "_blank", rel: "noopener" }, "Report in a window of its own"),
    );
  }

  function showStudy() {
    question.textContent = study.question ?? "";
    if (study.results) {
      fill(table, trials(study, name));
      fill(lines, study.journal.toReversed().map(({ at, text }) => h("li", {}, h("time", { datetime: at }, at.slice(11, 19)), " ", text)));
    }
    journal.parentElement.hidden = !study.results;
    frame.hidden = !study.report || live();
    const onward = study.goesOnWith;
    fill(commands, news?.command && [h("h4", {}, "The command that does the same"), h("pre", {}, news.command)], onward && [h("h4", {}, "The command that goes on with it"), h("pre", {}, onward)]);
  }

  let asking = false;
  let again = false;
  async function load() {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      study = await ask("api/study", { study: name });
      if (!ended) {
        showStudy();
      }
    } catch (wrong) {
      if (!news) {
        fill(sentence, wrong.message);
        sentence.hidden = !sentence.textContent;
    sentence.className = "wrong";
        state.textContent = "";
        return;
      }
    } finally {
      asking = false;
    }
    if (!ended) {
      showState();
      showActs();
      if (again) {
        again = false;
        load();
      }
    }
  }

  let seen = "";
  const stop = listen("studies", ({ studies }) => {
    const mine = studies.findLast((each) => (study?.folder ? each.folder === study.folder : each.study === name));
    if (!mine) {
      return;
    }
    news = mine;
    const now = `${mine.number} ${mine.events} ${mine.phase}`;
    if (now !== seen) {
      seen = now;
      load();
      changed();
    }
    showState();
    showActs();
  });
  // What another process works on tells nobody: it is looked at now and then.
  const clock = setInterval(() => study?.state === "working" && !live() && !document.hidden && load(), EVERY);
  load();
  return () => {
    ended = true;
    stop();
    clearInterval(clock);
  };
}
