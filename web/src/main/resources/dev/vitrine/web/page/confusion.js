// Confusion matrices: what examples are, row by row, and what they were read as; the sentence that says it.
import { h, whole, percent } from "./dom.js";

/** What is confused most, as a clause; nothing where nothing is. */
export function mostConfused({ confusion, names }) {
  const pairs = confusion.flatMap((row, a) => row.map((count, p) => ({ a, p, count }))).filter(({ a, p, count }) => a !== p && count > 0);
  const most = pairs.sort((x, y) => y.count - x.count)[0];
  return most ? `most often ${names[most.a]} is read as ${names[most.p]}: ${whole(most.count)}×` : "";
}

/** Of very many classes only some are shown: a sentence, or nothing. */
export const partShown = ({ names, all_classes: all }) => (names.length < all ? ` Of ${all} classes the ${names.length} are shown that are confused most.` : "");

/** The table; `cell(actual, read, count, text)` makes what stands in it. */
export function confusionTable(of, caption, cell, attributes = {}) {
  const largest = Math.max(1, ...of.confusion.flatMap((row, a) => row.filter((_, p) => p !== a)));
  const cells = of.confusion.map((row, a) =>
    row.map((count, p) => {
      const made = cell(a, p, count, count ? whole(count) : "·");
      made.classList.add(a === p ? "hit" : count ? "miss" : "none");
      if (a !== p) {
        made.style.setProperty("--much", Math.sqrt(count / largest));
      }
      return made;
    }),
  );
  const element = h(
    "div",
    { class: "list matrix", role: "region", "aria-label": "Confusion matrix", tabindex: 0 },
    h(
      "table",
      attributes,
      h("caption", { class: "note" }, caption),
      h("thead", {}, h("tr", {}, h("td", {}, "is ↓ read →"), of.names.map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, cells.map((row, a) => h("tr", {}, h("th", { scope: "row" }, of.names[a]), row.map((each) => h("td", {}, each))))),
    ),
  );
  return { element, cells };
}

/** A matrix to look at alone, with its sentence. */
export function confusionFigure(of, title) {
  const most = mostConfused(of);
  return h(
    "figure",
    {},
    h("figcaption", {}, h("strong", {}, title), " ", h("span", { class: "note" }, `Of ${whole(of.examples)} examples ${percent(of.accuracy)} are read right and ${whole(of.errors)} wrong${most ? `; ${most}` : ""}.${partShown(of)}`)),
    confusionTable(of, "Each row is what the examples are, each column what they were read as.", (_, __, ___, text) => h("span", {}, text)).element,
  );
}
