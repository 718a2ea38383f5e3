// A network as JSON that is edited: what it is while it is typed, or what is wrong with it, with the line.
import { h, fill, whole } from "./dom.js";
import { ask, tell } from "./server.js";
import { placeOf } from "./jsonplace.js";

const REST = 350;

/** { element, text() }: the text if the network is typed, else null. `named` tells what to begin with, for which data. */
export function typedNetwork(named, say) {
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
        facts.textContent = found ? `${found.name}: ${found.input.join("×")} → ${found.output.join("×")}, ${whole(found.parameters)} parameters, ${whole(found.macs)} multiply-accumulates an example.` : "Empty: the model above is trained.";
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
    h("summary", {}, "Edit the network as JSON"),
    h("p", { class: "note" }, "What stands here is trained in place of the model above, and kept as a file beside the runs, so that the command line can train it too."),
    area,
    facts,
    complaint,
    h("p", { class: "bar" }, h("button", { type: "button", onclick: begin }, "Begin with the model above"), h("button", { type: "button", onclick: () => ((area.value = ""), check()) }, "Leave it")),
  );
  return { element, complain, text: () => (element.open && area.value.trim() ? area.value : null) };
}
