// What works and what waits, trainings and studies alike: seen in every room, and put in another order.
import { h, fill } from "./dom.js";
import { tell } from "./server.js";
import { listen } from "./events.js";

const place = ({ kind, number, title }) => (kind === "study" ? `#/studies?study=${encodeURIComponent(title)}` : `#/train?training=${number}`);

/** Fills an element with the queue; hides it while nothing is in it. */
export function queue(element, say) {
  const summary = h("summary");
  const list = h("ol");
  const rows = new Map();
  fill(element, h("details", {}, summary, h("p", { class: "note" }, "One after another, each on all processors. Alt+↑ and Alt+↓ move what waits, Delete takes it out."), list));

  async function act(path, body, sentence) {
    try {
      draw((await tell(`api/queue/${path}`, body)).queue);
      say(sentence);
    } catch (wrong) {
      say(wrong.message, true);
    }
  }

  function row(entry) {
    const move = (places) => act(`${entry.entry}/move`, { places }, `${entry.title} moved ${places < 0 ? "forward" : "back"}.`);
    const remove = () => act(`${entry.entry}/remove`, {}, `${entry.title} is out of the queue.`);
    const state = h("span", { class: "note" });
    const earlier = h("button", { "aria-label": `${entry.title}: earlier`, onclick: () => move(-1) }, "↑ Earlier");
    const later = h("button", { "aria-label": `${entry.title}: later`, onclick: () => move(1) }, "↓ Later");
    const out = h("button", { onclick: remove });
    const element = h("li", {}, h("a", { href: place(entry) }, entry.title), state, h("span", { class: "acts" }, earlier, later, out));
    element.addEventListener("keydown", (event) => {
      const places = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      const waits = !earlier.hidden;
      if (event.altKey && places && waits) {
        event.preventDefault();
        move(places);
      } else if (event.key === "Delete" && waits) {
        remove();
      }
    });
    return {
      element,
      show({ working, kind }, i, all) {
        const first = all.findIndex((each) => !each.working);
        state.textContent = `${kind}, ${working ? "works" : "waits"}`;
        earlier.hidden = later.hidden = working;
        // Disabled buttons lose the focus that a key has just used: they stay, and do nothing.
        earlier.setAttribute("aria-disabled", String(i <= first));
        later.setAttribute("aria-disabled", String(i === all.length - 1));
        out.textContent = working ? "Stop" : "Take out";
        out.setAttribute("aria-label", `${entry.title}: ${working ? "stop" : "take out"}`);
      },
    };
  }

  function draw(all) {
    element.hidden = all.length === 0;
    const waiting = all.filter((each) => !each.working).length;
    const working = all.find((each) => each.working);
    summary.textContent = [working && `Working: ${working.title}`, waiting > 0 && `${waiting} ${waiting === 1 ? "waits" : "wait"}`].filter(Boolean).join(" · ");
    const held = document.activeElement;
    const at = [...list.children].findIndex((each) => each.contains(held));
    const wanted = all.map((each, i) => {
      const key = `${each.entry} ${each.kind} ${each.number} ${each.title}`; // another server counts from 1 again
      if (!rows.has(key)) {
        rows.set(key, row(each));
      }
      rows.get(key).show(each, i, all);
      return rows.get(key).element;
    });
    wanted.forEach((each, i) => list.children[i] !== each && list.insertBefore(each, list.children[i] ?? null));
    while (list.children.length > wanted.length) {
      list.lastChild.remove();
    }
    if (at >= 0 && held !== document.activeElement) {
      // Moved, it keeps the focus; taken out, the one in its place has it.
      const next = list.contains(held) ? held : list.children[Math.min(at, list.children.length - 1)]?.querySelector("button:not([hidden])");
      (next ?? summary).focus();
    }
  }

  draw([]);
  return listen("queue", ({ queue: all }) => draw(all));
}
