// Layers within layers become boxes that can be opened, and equal neighbours one box with a count.

const top = (path, opened) => {
  // The longest beginning that is opened says how far down a layer shows.
  const parts = path.split(".");
  let shown = parts[0];
  for (let i = 1; i < parts.length && opened.has(shown); i++) {
    shown = parts.slice(0, i + 1).join(".");
  }
  return shown;
};

const sizes = (shape) => shape.join("×");

/** Boxes and arrows of a network: { boxes: [{ id, layers, count, ids, title, output }], arrows }. */
export function folded(network, opened) {
  const groups = new Map();
  const groupOf = new Map([["input", "input"]]);
  for (const layer of network.layers) {
    const id = top(layer.name, opened);
    groupOf.set(layer.name, id);
    if (!groups.has(id)) {
      groups.set(id, []);
    }
    groups.get(id).push(layer);
  }
  // What adds branches up has its container's path, which is no layer of its own: it shows where the container's last layer does.
  const inherited = new Map();
  for (const { name } of network.layers) {
    for (let dot = name.indexOf("."); dot > 0; dot = name.indexOf(".", dot + 1)) {
      inherited.set(name.slice(0, dot), groupOf.get(name));
    }
  }
  const place = (path) => groupOf.get(path) ?? inherited.get(path);
  const arrows = new Map();
  for (const { from, to } of network.arrows) {
    const [a, b] = [place(from), place(to)];
    if (a && b && a !== b) {
      arrows.set(`${a} ${b}`, { from: a, to: b });
    }
  }
  const boxes = [...groups].map(([id, layers]) => ({ id, layers, ids: [id], look: layers.map((each) => `${each.layer}${sizes(each.output)}`).join() }));
  return merged(boxes, [...arrows.values()], network);
}

const LONGEST = 4;

/** How often the next `period` boxes stand there one after another, each time the same. */
function times(boxes, from, period) {
  let count = 1;
  const same = (k) => boxes[from + k].look === boxes[from + count * period + k]?.look;
  while (Array.from({ length: period }, (_, k) => k).every(same)) {
    count++;
  }
  return count;
}

/** Boxes that repeat, one to four at a time, are one box with a count, if nothing leaves their middle. */
function merged(boxes, arrows, network) {
  const into = new Map();
  const kept = [];
  for (let i = 0; i < boxes.length; ) {
    let best = { period: 1, count: 1 };
    for (let period = 1; period <= LONGEST; period++) {
      const count = times(boxes, i, period);
      const layers = boxes.slice(i, i + period).reduce((all, box) => all + box.layers.length, 0);
      if (count > 1 && layers > period && count * period > best.count * best.period && closed(boxes.slice(i, i + count * period), arrows)) {
        best = { period, count };
      }
    }
    const group = boxes.slice(i, i + best.period * best.count);
    const one = group.slice(0, best.period);
    kept.push({ id: one[0].id, ids: group.map((box) => box.id), layers: one.flatMap((box) => box.layers), count: best.count, names: one.map((box) => box.id) });
    group.forEach((box) => into.set(box.id, one[0].id));
    i += group.length;
  }
  const at = (id) => into.get(id) ?? id;
  const both = new Map();
  for (const { from, to } of arrows) {
    if (at(from) !== at(to)) {
      both.set(`${at(from)} ${at(to)}`, { from: at(from), to: at(to) });
    }
  }
  const input = { id: "input", ids: ["input"], layers: [], count: 1, title: "input", note: sizes(network.input) };
  return {
    boxes: [
      input,
      ...kept.map((box) => ({
        ...box,
        title: box.layers.length === 1 ? box.layers[0].layer : box.names.join(" · "),
        note: `${box.layers.length > 1 ? `${box.layers.length} layers, ` : ""}→ ${sizes(box.layers.at(-1).output)}`,
      })),
    ],
    arrows: [...both.values()],
  };
}

/** Whether a stretch of boxes is entered at its begin alone and left at its end alone. */
function closed(group, arrows) {
  const ids = new Set(group.map((box) => box.id));
  const entered = new Set(arrows.filter(({ from, to }) => !ids.has(from) && ids.has(to)).map(({ to }) => to));
  const left = new Set(arrows.filter(({ from, to }) => ids.has(from) && !ids.has(to)).map(({ from }) => from));
  return [...entered].every((id) => id === group[0].id) && [...left].every((id) => id === group.at(-1).id);
}
