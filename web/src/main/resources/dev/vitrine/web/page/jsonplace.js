// Where something stands in a JSON text that is edited: complaints name layers, people look for lines.

const BLANK = /\s/;

/** A tree with places: { from, to, items | fields | neither }; null where the text is no JSON. */
function tree(text) {
  let i = 0;
  const blanks = () => {
    while (i < text.length && BLANK.test(text[i])) i++;
  };
  function value() {
    blanks();
    const node = { from: i };
    if (text[i] === "{" || text[i] === "[") {
      const list = text[i++] === "[";
      const inside = [];
      for (blanks(); text[i] !== "]" && text[i] !== "}"; blanks()) {
        if (i >= text.length) throw new Error("unfinished");
        if (text[i] === ",") {
          i++;
        } else if (list) {
          inside.push(value());
        } else {
          const key = value();
          blanks();
          i++; // the colon
          inside.push([JSON.parse(text.slice(key.from, key.to)), value()]);
        }
      }
      i++;
      node[list ? "items" : "fields"] = list ? inside : new Map(inside);
    } else if (text[i] === '"') {
      for (i++; text[i] !== '"'; i++) {
        if (i >= text.length) throw new Error("unfinished");
        if (text[i] === "\\") i++;
      }
      i++;
    } else {
      const begun = i;
      while (i < text.length && !/[\s,\]}:]/.test(text[i])) i++;
      if (i === begun) throw new Error("nothing");
    }
    node.to = i;
    return node;
  }
  try {
    return value();
  } catch {
    return null;
  }
}

/** The part of a node that a step such as "layer 2", "branch 1" or "body" means. */
function within(node, step) {
  const [, word, number] = step.match(/^(layer|branch) (\d+)$/) ?? [null, step, null];
  const list = (of) => (of.items ? of : [...(of.fields?.values() ?? [])].find((each) => each.items));
  if (number) {
    return list(node)?.items[Number(number) - 1];
  }
  return node.fields?.get(word) ?? list(node);
}

/** What a complaint about the text means: { line, column, from, to }; null if it names no place. */
export function placeOf(text, complaint) {
  const said = complaint.match(/line (\d+), column (\d+)/);
  if (said) {
    const [line, column] = [Number(said[1]), Number(said[2])];
    const from = text.split("\n").slice(0, line - 1).reduce((all, each) => all + each.length + 1, 0) + column - 1;
    return { line, column, from, to: Math.min(text.length, from + 1) };
  }
  const root = tree(text);
  const steps = complaint.match(/^The network((?:, [^:,]+)*)(?::| expects)/)?.[1].split(", ").filter(Boolean) ?? [];
  let node = root?.fields?.get(complaint.match(/^The network: "(name|input|layers)"/)?.[1]) ?? root?.fields?.get("layers");
  if (!root || (steps.length === 0 && !/^The network: "/.test(complaint))) {
    return null;
  }
  for (const step of steps) {
    const next = node && within(node, step);
    if (!next) {
      break;
    }
    node = next;
  }
  if (!node) {
    return null;
  }
  const before = text.slice(0, node.from).split("\n");
  return { line: before.length, column: before.at(-1).length + 1, from: node.from, to: node.to };
}
