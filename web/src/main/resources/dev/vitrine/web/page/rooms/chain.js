// The chain rule on an expression: the very page that the command writes, beside what it is asked.
import { h, fill } from "../dom.js";
import { ask } from "../server.js";
import { openLayer } from "../backprop.js";

const EXAMPLES = [
  ["Two sigmoids", "sigmoid(sigmoid(x1 + w1) * w2 + x2)", "x1=1,x2=0,w1=0,w2=0"],
  ["A square's error", "w*x + b", "w=2,x=3,b=1,y=5", "sq(f - y)"],
  ["Paths that meet", "a = x*y; a + sigmoid(a)", "x=2,y=-1"],
  ["A layer", "sigmoid(W @ x + b)", "W=[1,2;3,4],x=[1;-1],b=[0;1]"],
];

export async function open(main, query, { go, say }) {
  if (query.has("layer")) {
    return openLayer(main, query, { go, say });
  }
  const field = (name, label, usual, size) => [name, h("label", {}, label, h("input", { value: query.get(name) ?? usual, size, spellcheck: "false", autocomplete: "off" }))];
  const fields = new Map([
    field("expression", "Expression ", EXAMPLES[0][1], 44),
    field("at", "at ", EXAMPLES[0][2], 26),
    field("loss", "loss ", "", 14),
    field("rate", "rate ", "", 5),
  ]);
  const value = (name) => fields.get(name).querySelector("input").value.trim();
  const wrong = h("pre", { class: "wrong", role: "alert", hidden: true });
  const frame = h("iframe", { title: "The chain rule, worked", class: "trace", sandbox: "allow-scripts" });
  const examples = h("select", { "aria-label": "An example", onchange: (event) => example(Number(event.target.value)) }, h("option", { value: -1 }, "an example …"), EXAMPLES.map(([title], i) => h("option", { value: i }, title)));
  fill(
    main,
    h("h2", {}, "Chain rule"),
    h("p", { class: "bar" }, h("strong", {}, "An expression"), h("a", { href: "#/chain?layer=conv2d" }, "A layer")),
    h("form", { class: "bar", onsubmit: (event) => (event.preventDefault(), load()) }, [...fields.values()], h("button", { class: "main", type: "submit" }, "Work it out"), examples),
    wrong,
    frame,
  );

  function example(i) {
    if (i >= 0) {
      const [, expression, at, loss = ""] = EXAMPLES[i];
      Object.entries({ expression, at, loss, rate: "" }).forEach(([name, text]) => (fields.get(name).querySelector("input").value = text));
      load();
    }
  }

  async function load() {
    const asked = Object.fromEntries([...fields.keys()].map((name) => [name, value(name)]).filter(([, text]) => text));
    go("chain", asked, true);
    try {
      await ask("api/chain", asked);
      wrong.hidden = true;
      frame.hidden = false;
      frame.src = `api/chain/page?${new URLSearchParams(asked)}`;
      say("");
    } catch (error) {
      wrong.textContent = error.message;
      wrong.hidden = false;
      frame.hidden = true;
    }
  }

  await load();
  return () => {};
}
