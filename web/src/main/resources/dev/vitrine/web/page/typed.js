// A network as JSON that is edited: what it is while it is typed, or what is wrong with it, with the line.
import { h, fill, whole } from "./dom.js";
import { ask, tell } from "./server.js";
import { placeOf } from "./jsonplace.js";

const REST = 350;

/**
 * { element, text() }: the text if the network is typed, else null. `named` tells what to begin with, for which data; `words` says in
 * the reader's terms what becomes of the text, and `changed` hears each text that is a network, and null where it is left.
 */
export function typedNetwork(named, say, words, changed = () => {}) {
  const complaint = h("p", { class: "wrong", role: "alert", id: "typed-wrong" });
  const facts = h("p", { class: "note", role: "status" });
  const area = h("textarea", { rows: 14, spellcheck: "false", autocomplete: "off", "aria-label": "The network as JSON", "aria-describedby": "typed-wrong", class: "typed" });
  let timer = 0;
  let asked = 0;

  function complain(sentence) {
    const place = placeOf(area.value, sentence);
    area.setAttribute("aria-invalid", "true");
    facts.textContent = "";
    fill(
      complaint,
      place && h("strong", {}, `Line ${place.line}, column ${place.column}. `),
      sentence,
      place && [" ", h("button", { type: "button", onclick: () => (area.focus(), area.setSelectionRange(place.from, place.to)) }, "Go there")],
    );
  }

  async function check() {
    const mine = ++asked;
    const text = area.value;
    try {
      const found = text.trim() ? await tell("api/typed", { text }) : null;
      if (mine === asked) {
        area.removeAttribute("aria-invalid");
        fill(complaint);
        facts.textContent = found ? `${found.name}: ${found.input.join("×")} → ${found.output.join("×")}, ${whole(found.parameters)} parameters, ${whole(found.macs)} multiply-accumulates an example.` : words.empty;
        changed(found && text);
      }
    } catch (wrong) {
      if (mine === asked) {
        complain(wrong.message);
      }
    }
  }

  async function begin() {
    try {
      area.value = (await ask("api/typed", named())).text;
      await check();
    } catch (wrong) {
      say(wrong.message, true);
    }
  }

  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(check, REST);
  });
  const element = h(
    "details",
    { ontoggle: () => element.open && !area.value && begin() },
    h("summary", {}, words.title),
    h("p", { class: "note" }, words.note),
    area,
    facts,
    complaint,
    h("p", { class: "bar" }, h("button", { type: "button", onclick: begin }, words.begin), h("button", { type: "button", onclick: () => ((area.value = ""), check()) }, "Leave it")),
  );
  /** Shows a text that came from elsewhere, such as the address. */
  function take(text) {
    area.value = text;
    element.open = true;
    return check();
  }

  return { element, complain, take, text: () => (element.open && area.value.trim() ? area.value : null) };
}
