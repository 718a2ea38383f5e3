// What lies under the pointer, and all weights as a table: every number can be read, and typed over.
import { h, fill } from "../dom.js";
import { figure, parameterLines, parameterName, parameterSaid, unitLines, unitName, unitSaid } from "./words.js";

/** The indices of a unit's weights and bias. */
function indices(lab, { layer, unit }) {
  if (layer === 0) {
    return [];
  }
  const { inputs, weights, biases } = lab.network.layers[layer - 1];
  return [...Array.from({ length: inputs }, (_, i) => weights + unit * inputs + i), biases + unit];
}

function weightField(lab, index, put, locked) {
  const input = h("input", {
    type: "number", step: 0.1, value: Number(lab.network.parameters[index].toPrecision(6)), "aria-label": parameterSaid(lab, index), disabled: locked,
    oninput: () => Number.isFinite(input.valueAsNumber) && put(index, input.valueAsNumber),
  });
  input.dataset.index = index;
  return input;
}

/** Numbers in fields follow, but never the one that is being typed in. */
function follow(host, lab) {
  for (const input of host.querySelectorAll("input[data-index]")) {
    if (input !== document.activeElement) {
      const text = String(Number(lab.network.parameters[input.dataset.index].toPrecision(6)));
      if (input.value !== text) {
        input.value = text;
      }
    }
  }
}

export class Pointed {
  /** @param act { put(index, value), probe(a, b, typed), locked() } */
  constructor(host, act) {
    this.act = act;
    this.title = h("h3", {}, "Under the pointer");
    this.text = h("pre", { class: "pg-formula", tabindex: 0, role: "region", "aria-label": "The formula with its numbers" });
    this.fields = h("div", { class: "pg-weights" });
    const coordinate = (name) => h("input", { type: "number", step: 0.1, onchange: () => this.act.probe(this.a.valueAsNumber || 0, this.b.valueAsNumber || 0, true) });
    this.a = coordinate();
    this.b = coordinate();
    this.bLabel = h("label", {}, "x₂ = ", this.b);
    host.append(this.title, h("div", { class: "bar pg-probe" }, h("span", { class: "note" }, "at the cross"), h("label", {}, "x₁ = ", this.a), this.bLabel), this.text, this.fields);
  }

  /** @param pinned what was clicked or chosen by Enter: its weights stand in fields */
  draw(lab, subject, pinned, probe) {
    const lines = subject.index === undefined ? unitLines(lab, subject.layer, subject.unit, probe) : parameterLines(lab, subject.index);
    const title = subject.index === undefined ? unitName(lab, subject.layer, subject.unit) : parameterName(lab, subject.index);
    this.title.textContent = `Under the pointer: ${title}`;
    this.text.textContent = lines.join("\n");
    for (const [input, value] of [[this.a, probe.a], [this.b, probe.b]]) {
      if (input !== document.activeElement) {
        input.value = Math.round(value * 1e4) / 1e4;
      }
    }
    this.bLabel.hidden = lab.inputs === 1;
    const key = JSON.stringify([pinned, lab.network.sizes, this.act.locked()]);
    if (key !== this.key || this.network !== lab.network) {
      this.key = key;
      this.network = lab.network;
      const chosen = pinned.index === undefined ? indices(lab, pinned) : [pinned.index];
      const said = pinned.index === undefined ? `Numbers of ${unitSaid(lab, pinned.layer, pinned.unit)}` : "Its number";
      fill(this.fields, chosen.length > 0 && h("span", { class: "note" }, said), chosen.map((index) => h("label", {}, h("span", {}, parameterName(lab, index).replace(/^weight /, "")), weightField(lab, index, this.act.put, this.act.locked()))));
    }
    follow(this.fields, lab);
  }

  focus() {
    this.fields.querySelector("input")?.focus();
  }
}

export class WeightTable {
  constructor(host, act) {
    this.act = act;
    this.body = h("tbody");
    this.details = h("details", { ontoggle: () => this.draw(this.lab) }, h("summary", {}, "All weights and biases"), h("div", { class: "list pg-list", role: "region", tabindex: 0, "aria-label": "All weights and biases" }, h("table", {}, h("thead", {}, h("tr", {}, ["Number", "Value", "At the start", "Gradient over all points"].map((title) => h("th", {}, title)))), this.body)));
    host.append(this.details);
  }

  draw(lab) {
    this.lab = lab;
    if (!this.details.open) {
      return;
    }
    if (this.network !== lab.network) {
      this.network = lab.network;
      fill(this.body, Array.from(lab.network.parameters, (_, index) => h("tr", {}, h("td", {}, parameterName(lab, index)), h("td", {}, weightField(lab, index, this.act.put, this.act.locked())), h("td", { class: "number" }), h("td", { class: "number" }))));
    }
    follow(this.body, lab);
    lab.training.look();
    const gradients = Float64Array.from(lab.network.gradients);
    [...this.body.rows].forEach((row, i) => {
      row.cells[2].textContent = figure(lab.begun[i], 4);
      row.cells[3].textContent = lab.settings.rule === "gradient" ? figure(gradients[i], 3) : "–";
    });
  }
}
