// Studies: begun here or elsewhere, watched, gone on with, and read.
import { h, fill, whole } from "../dom.js";
import { ask } from "../server.js";
import { startForm } from "../studystart.js";
import { watch } from "../study.js";

export async function open(main, query, { say, go }) {
  const chosen = query.get("study");
  const list = h("div", { class: "list", tabindex: 0, role: "region", "aria-label": "Studies on disk" });
  const { form, named, take, leave } = await startForm(query, {
    say,
    begun: (study) => (study === chosen ? load() : go("studies", { study })),
  });
  const begin = h("details", { class: "begin", open: !chosen }, h("summary", {}, h("h3", {}, "Begin a study")), form);
  const shown = h("section", { class: "card", "aria-label": "The chosen study" });
  fill(main, h("h2", {}, "Studies"), h("div", { class: "sides study" }, h("div", {}, begin, h("h3", {}, "On disk"), list), shown));

  async function load() {
    const { studies } = await ask("api/studies");
    if (studies.length === 0) {
      fill(list, h("p", { class: "note" }, "No study is here yet: begin one above."));
      return;
    }
    const head = ["study", "state", "trials", "newest"];
    fill(
      list,
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, head.map((each) => h("th", { scope: "col", class: each === "trials" ? "number" : "" }, each)))),
        h(
          "tbody",
          {},
          studies.map((study) =>
            h(
              "tr",
              { "aria-selected": String(study.name === chosen) },
              h("th", { scope: "row" }, h("a", { href: `#/studies?study=${encodeURIComponent(study.name)}`, "aria-current": study.name === chosen ? "true" : null }, study.name)),
              h("td", { class: "said-state", title: study.sentence ?? study.state }, study.state),
              h("td", { class: "number" }, study.trials == null ? "" : `${whole(study.finished)} of ${whole(study.trials)}`, study.failed > 0 && h("span", { class: "wrong" }, ` ${whole(study.failed)} failed`)),
              h("td", {}, (study.updated ?? "").slice(0, 16).replace("T", " ")),
            ),
          ),
        ),
      ),
    );
  }

  let stop = () => {};
  if (chosen) {
    stop = watch(shown, chosen, { say, changed: load });
  } else {
    const about = ({ name, text }) => [h("dt", {}, h("button", { onclick: () => take(name), "aria-label": `Take the study ${name}` }, name)), h("dd", {}, /^question: (.*)$/m.exec(text)?.[1] ?? "")];
    fill(
      shown,
      h("h3", {}, "Studies that Vitrine brings along"),
      h("p", { class: "note" }, "Take one to see its text, change it, and begin it; its thin version runs within a minute on digits that Vitrine draws. A study goes on when this page is closed; it ends with the server, and can be gone on with."),
      h("dl", { class: "named" }, named.map(about)),
    );
  }
  await load();
  return () => {
    stop();
    leave();
  };
}
