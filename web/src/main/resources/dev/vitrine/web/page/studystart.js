// The form that a study begins with: its text, what would be done, and the command that does the same.
import { h, fill, whole } from "./dom.js";
import { ask, tell } from "./server.js";

const DRAFT = "vitrine-study";
const OWN = "";
const FIRST = `name: rates
question: Which learning rate suits which optimiser?
settings:           # anything that train takes
  model: mlp-50
  data: digits      # Vitrine draws them
  train-images: 2000
  test-images: 500
  epochs: 3
arms:               # what is compared
  sgd: {optimizer: sgd}
  adam: {optimizer: adam}
vary:               # what is tuned
  - {name: lr, values: [0.03, 0.1, 0.3], when: {arm: sgd}}
  - {name: lr, values: [0.001, 0.003, 0.01], when: {arm: adam}}
tune-seeds: 2
baseline: sgd
`;

const time = (seconds) => (seconds < 90 ? `${seconds} s` : seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 360) / 10} h`);

/** A text with numbers beside its lines, one of which can be marked as wrong. */
function editor(describedBy) {
  const numbers = h("pre", { class: "numbers", "aria-hidden": "true" });
  const text = h("textarea", { rows: 18, wrap: "off", spellcheck: "false", autocapitalize: "off", autocomplete: "off", "aria-label": "The study's text, in YAML or JSON", "aria-describedby": describedBy });
  let marked = 0;
  function number() {
    const many = text.value.split("\n").length;
    fill(numbers, Array.from({ length: many }, (_, i) => h("span", { class: i + 1 === marked ? "here" : "" }, `${i + 1}\n`)));
    numbers.scrollTop = text.scrollTop;
  }
  text.addEventListener("scroll", () => (numbers.scrollTop = text.scrollTop));
  return {
    element: h("div", { class: "editor" }, numbers, text),
    text,
    number,
    mark(line) {
      marked = line;
      text.toggleAttribute("aria-invalid", line > 0);
      number();
    },
    goTo(line, column) {
      const lines = text.value.split("\n");
      const at = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
      text.focus();
      text.setSelectionRange(at, at + (/^[\w.-]+/.exec(text.value.slice(at))?.[0].length ?? 1));
    },
  };
}

export async function startForm(query, { say, begun }) {
  const { named } = await ask("api/studies/named");
  const texts = new Map(named.map((each) => [each.name, each.text]));
  const draft = JSON.parse(sessionStorage.getItem(DRAFT) ?? "{}");
  const from = query.get("begin") ?? draft.from ?? OWN;
  const option = (each) => h("option", { value: each.name, selected: each.name === from }, each.name);
  const choice = h(
    "select",
    {},
    h("option", { value: OWN, selected: from === OWN }, "a text of my own"),
    h("optgroup", { label: "trained" }, named.filter((each) => !each.computed).map(option)),
    h("optgroup", { label: "computed" }, named.filter((each) => each.computed).map(option)),
  );
  const write = editor("study-wrong");
  const own = () => draft.own ?? FIRST;
  write.text.value = texts.get(from) ?? own();
  const field = (name, label, example, kind = "text") => ({ name, input: h("input", { type: kind, value: query.get(name) ?? draft[name] ?? "", placeholder: example, autocomplete: "off", spellcheck: "false", inputmode: kind === "text" ? null : "numeric" }), label });
  const fields = [field("seeds", "seeds", "as the text has"), field("add", "more values", "lr=0.3,1"), field("jobs", "trials at once", "one a processor"), field("for", "end after", "30m")];
  const quick = h("input", { type: "checkbox", checked: query.get("quick") === "true" || draft.quick === true });
  const wrong = h("p", { class: "wrong", id: "study-wrong", role: "alert" });
  const plan = h("div", { "aria-live": "polite" });
  const start = h("button", { class: "main", type: "submit" }, "Start");

  function asked() {
    const text = write.text.value;
    const name = [choice.value].find((each) => texts.get(each) === text);
    const all = { ...(name ? { name } : { text }), quick: quick.checked };
    fields.forEach(({ name: key, input }) => (all[key] = input.value));
    return all;
  }

  function keep() {
    const { name, text, ...rest } = asked();
    draft.own = name ? draft.own : text;
    Object.assign(draft, rest, { from: name ?? OWN });
    sessionStorage.setItem(DRAFT, JSON.stringify(draft));
  }

  function refuse(sentence) {
    const at = /line (\d+), column (\d+)/.exec(sentence);
    write.mark(at ? +at[1] : 0);
    fill(wrong, sentence, at && [" ", h("button", { type: "button", onclick: () => write.goTo(+at[1], +at[2]) }, `Go to line ${at[1]}`)]);
    fill(plan);
  }

  function show(found) {
    write.mark(0);
    fill(wrong);
    const { cost, budget } = found;
    const trials = Object.entries(found.trials ?? {});
    fill(
      plan,
      h("p", {}, h("strong", {}, found.name), found.question && `: ${found.question}`),
      found.computed
        ? h("p", {}, "It is computed, not swept: no trials, one report.", budget && ` About ${time(budget)} on two cores, less in its thin version.`)
        : h(
            "p",
            {},
            `${found.size}. ${whole(cost.tuning)} trainings to choose by`,
            cost.trials > cost.tuning && `, then what was chosen with all seeds: at most ${whole(cost.trials)}`,
            `, ${whole(cost.epochs)} epochs together at most; up to ${found.jobs} at once.`,
            budget && ` It ends after ${time(budget)}, whatever is done.`,
          ),
      h("p", { class: "note" }, found.there ? `Goes on in ${found.folder}, which is there.` : `Into ${found.folder}.`, found.more?.length > 0 && ` New: ${found.more.join(", ")}.`),
      trials.length > 0 && h("details", {}, h("summary", {}, `${whole(found.all_trials)} trials that may be trained, each by its own command${trials.length < found.all_trials ? `; the first ${whole(trials.length)}` : ""}`), h("pre", { class: "plan", tabindex: 0 }, trials.map(([, command]) => `${command}\n`))),
      h("details", {}, h("summary", {}, "The command that does the same"), h("pre", {}, found.command)),
    );
  }

  let turn = 0;
  async function check() {
    const mine = ++turn;
    keep();
    try {
      const found = await tell("api/studies/check", asked());
      if (mine === turn) {
        found.wrong ? refuse(found.wrong) : show(found);
      }
    } catch (error) {
      if (mine === turn) {
        refuse(error.message);
      }
    }
  }

  let later = 0;
  const soon = () => {
    clearTimeout(later);
    later = setTimeout(check, 350);
  };
  write.text.addEventListener("input", () => {
    if (choice.value !== OWN) {
      choice.value = OWN; // what was changed is nobody else's any more
    }
    write.number();
    soon();
  });
  choice.addEventListener("change", () => {
    write.text.value = texts.get(choice.value) ?? own();
    quick.checked = choice.value !== OWN; // within a minute, rather than for hours
    write.text.scrollTop = 0;
    write.number();
    check();
  });
  quick.addEventListener("change", check);
  fields.forEach(({ input }) => input.addEventListener("input", soon));

  const form = h(
    "form",
    {
      class: "card",
      onsubmit: async (event) => {
        event.preventDefault();
        start.disabled = true;
        try {
          const { study } = await tell("api/studies", asked());
          say(`Study ${study} is in the queue.`);
          begun(study);
        } catch (error) {
          refuse(error.message);
        } finally {
          start.disabled = false;
        }
      },
    },
    h("p", { class: "bar" }, h("label", {}, "Study ", choice), h("label", {}, quick, " thin version")),
    write.element,
    wrong,
    plan,
    h("details", { open: fields.some(({ input }) => input.value) }, h("summary", {}, "Seeds, more values, trials at once, time"), h("div", { class: "fields" }, fields.map(({ label, input }) => h("label", {}, label, input)))),
    h("p", { class: "bar" }, start),
  );
  write.number();
  check();
  function take(name) {
    choice.value = name;
    choice.dispatchEvent(new Event("change"));
    choice.focus();
  }
  return { form, named, take, leave: () => clearTimeout(later) };
}
