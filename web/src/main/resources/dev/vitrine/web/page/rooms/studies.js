// Studies on disk: how far each is, its trials, its report.
import { h, fill, whole } from "../dom.js";
import { ask } from "../server.js";

export async function open(main) {
  const { studies } = await ask("api/studies");
  const rows = studies.map((study) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, study.name),
      h("td", { class: "number" }, `${whole(study.finished)} of ${whole(study.trials)}`),
      h("td", { class: "number" }, study.running ? whole(study.running) : ""),
      h("td", { class: "number" }, study.failed ? whole(study.failed) : ""),
      h("td", {}, study.updated.slice(0, 16).replace("T", " ")),
      h("td", {}, h("a", { href: `#/runs?find=${encodeURIComponent(`study=${study.name}`)}` }, "Trials")),
      h("td", {}, study.report ? h("a", { href: `api/study/report?study=${encodeURIComponent(study.name)}`, target: "_blank", rel: "noopener" }, "Report") : h("span", { class: "note" }, "not yet")),
    ),
  );
  fill(
    main,
    h("h2", {}, "Studies"),
    studies.length === 0
      ? h("p", { class: "card" }, "No study is here yet. ", h("code", {}, "vitrine study optimizers --quick"), " makes one within a minute; ", h("code", {}, "vitrine study --list"), " names those that Vitrine brings along.")
      : h(
          "div",
          { class: "list", tabindex: 0, role: "region", "aria-label": "Studies" },
          h("table", {}, h("thead", {}, h("tr", {}, ["study", "finished", "running", "diverged", "newest", "trials", "report"].map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, rows)),
        ),
  );
  return () => {};
}
