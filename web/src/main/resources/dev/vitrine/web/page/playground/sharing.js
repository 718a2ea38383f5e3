// A state as a link, a file, a command, a program, and for a class.
import { h, fill } from "../dom.js";
import { command, java } from "./code.js";
import { download, page } from "./saving.js";
import { words } from "./state.js";

/** What a teacher may lock or hide, by the names that links use. */
export const PARTS = { presets: "examples", data: "data", network: "network", training: "training", seeds: "seeds", weights: "weights by hand", numbers: "formulas and numbers", share: "links, command and Java" };

const here = () => location.href.split("#")[0];

function copyable(label, text) {
  const shown = h("pre", { tabindex: 0, role: "region", "aria-label": label }, text);
  const button = h("button", {
    type: "button",
    onclick: async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(shown);
        button.textContent = "Marked: copy it with Ctrl-C";
      }
    },
  }, "Copy");
  return h("div", {}, shown, h("div", { class: "bar" }, button));
}

export class Sharing {
  /** @param teacher what a teacher's link said: such a page has no part for teachers */
  constructor(host, { say, teacher }) {
    this.say = say;
    this.parts = [
      this.part("Link and file", (body, lab) => this.link(body, lab)),
      this.part("As a command", (body, lab) => this.command(body, lab)),
      this.part("As Java", (body, lab) => this.java(body, lab)),
      ...(teacher ? [] : [this.part("For a class", (body, lab) => this.teach(body, lab))]),
    ];
    host.append(...this.parts.map(({ details }) => details));
  }

  part(title, show) {
    const body = h("div", { class: "pg-share" });
    const details = h("details", { ontoggle: () => details.open && this.lab && show(body, this.lab) }, h("summary", {}, title), body);
    return { details, refresh: () => details.open && title !== "For a class" && show(body, this.lab) };
  }

  draw(lab) {
    this.lab = lab;
    this.parts.forEach(({ refresh }) => refresh());
  }

  link(body, lab, more = {}) {
    const fragment = `#/playground?${new URLSearchParams({ ...words(lab), ...more })}`;
    fill(
      body,
      h("p", {}, "This very state, points and weights included, is in the address:"),
      copyable("The link", here() + fragment),
      h("p", {}, "127.0.0.1 is nobody else's address; on another machine the same is"),
      copyable("The command that opens it", `vitrine serve --open '${fragment}'`),
      h("div", { class: "bar" }, h("button", { type: "button", class: "main", onclick: () => this.save({ ...words(lab), ...more }) }, "Save as one HTML file"), h("span", { class: "note" }, "plays without a server, also from a stick or in a mail")),
    );
  }

  async save(state) {
    try {
      download("playground.html", await page(state), "text/html");
      this.say("Saved as playground.html");
    } catch (wrong) {
      this.say(wrong.message, true);
    }
  }

  command(body, lab) {
    const { text, files, note } = command(lab);
    fill(
      body,
      note && h("p", {}, note),
      text && copyable("The command", text),
      h("div", { class: "bar" }, Object.entries(files).map(([name, content]) => h("button", { type: "button", onclick: () => download(name, content, "application/octet-stream") }, name))),
      text && h("p", { class: "note" }, "With these files beside it the command trains the same network: the same start, the same points in the same order. It counts in single precision, the page in double, so that after some hundred steps the last digits differ."),
    );
  }

  java(body, lab) {
    const text = java(lab);
    fill(body, copyable("The program", text), h("div", { class: "bar" }, h("button", { type: "button", onclick: () => download("Playground.java", text, "text/plain") }, "Playground.java"), h("span", { class: "note" }, "java -cp 'Vitrine's jars' Playground.java")));
  }

  teach(body, lab) {
    const task = h("textarea", { rows: 3 });
    const selects = Object.entries(PARTS).map(([name, title]) => ({ name, select: h("select", {}, ["free", "locked", "hidden"].map((each) => h("option", {}, each))), title }));
    const result = h("div");
    const chosen = () => {
      const of = (state) => selects.filter(({ select }) => select.value === state).map(({ name }) => name).join(",");
      return Object.fromEntries(Object.entries({ task: task.value.trim(), lock: of("locked"), hide: of("hidden"), class: "1" }).filter(([, value]) => value));
    };
    fill(
      body,
      h("p", {}, "A link or a file for others: with a task above the picture, and what must not be changed locked or hidden."),
      h("label", { class: "pg-field" }, h("span", {}, "The task's text"), task),
      h("div", { class: "pg-fields" }, selects.map(({ select, title }) => h("label", { class: "pg-field" }, h("span", {}, title), select))),
      h("div", { class: "bar" }, h("button", { type: "button", onclick: () => this.link(result, this.lab, chosen()) }, "Make the link")),
      result,
    );
  }
}
