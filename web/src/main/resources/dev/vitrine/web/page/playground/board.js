// The network as a board: each unit a map of its output, each weight and each bias a line to drag.
import { h } from "../dom.js";
import { paint, scaleOf, css, CLASS_COLOURS, SIDE } from "./maps.js";
import { figure, parameterSaid, unitName, unitSaid } from "./words.js";

const NAMESPACE = "http://www.w3.org/2000/svg";

function s(name, attributes, ...children) {
  const element = document.createElementNS(NAMESPACE, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  element.append(...children);
  return element;
}

export class Board {
  /** @param act { point(subject), pin(subject), put(index, value), grow(layer, by), locked() } */
  constructor(host, act) {
    this.host = host;
    this.act = act;
    this.unitAt = [0, 0];
    this.lineAt = 0;
    new ResizeObserver(() => this.lab && this.width !== this.host.clientWidth && this.build(this.lab)).observe(host);
  }

  build(lab) {
    this.lab = lab;
    this.width = this.host.clientWidth;
    const columns = lab.network.sizes.length;
    const width = Math.max(this.width - 2, 62 * columns);
    const tile = Math.max(30, Math.min(54, Math.floor(width / columns / 1.9)));
    const rows = Math.max(...lab.network.sizes);
    const step = tile + 21;
    const height = 40 + rows * step;
    const gap = columns > 1 ? (width - tile - 30) / (columns - 1) : 0;
    this.svg = s("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Weights and biases: arrows up and down change one, left and right go to the next" });
    this.places = lab.network.sizes.map((units, l) => Array.from({ length: units }, (_, u) => ({ x: 15 + l * gap, y: 40 + u * step })));
    this.stage = h("div", { class: "pg-stage" });
    this.stage.style.width = `${width}px`;
    this.stage.style.height = `${height}px`;
    this.lines = [];
    this.drawLines(tile);
    this.stage.append(this.svg, ...this.tiles(tile), ...this.heads(tile));
    this.host.replaceChildren(this.stage);
  }

  heads(tile) {
    const { lab } = this;
    const grows = lab.settings.rule === "gradient" || lab.settings.rule === "madaline";
    return lab.settings.hidden.map((units, l) => {
      const button = (text, by, label) => h("button", { type: "button", "aria-label": `${label} layer ${l + 1}, which has ${units}`, disabled: !grows || this.act.locked("network") || units + by < 1 || units + by > 8, onclick: () => this.act.grow(l, by) }, text);
      const head = h("div", { class: "pg-head" }, button("−", -1, "One unit less in"), button("+", 1, "One unit more in"));
      head.style.left = `${this.places[l + 1][0].x + tile / 2}px`;
      return head;
    });
  }

  tiles(tile) {
    const { lab } = this;
    this.units = lab.network.sizes.map((count, l) =>
      Array.from({ length: count }, (_, u) => {
        const canvas = h("canvas", { width: SIDE, height: SIDE, "aria-hidden": "true" });
        const name = h("span", { class: "pg-name", "aria-hidden": "true" }, unitName(lab, l, u));
        const button = h(
          "button",
          {
            type: "button", class: "pg-unit", tabindex: l === 0 && u === 0 ? 0 : -1, "aria-label": unitSaid(lab, l, u),
            onclick: () => this.act.pin({ layer: l, unit: u }),
            onfocus: () => this.act.point({ layer: l, unit: u }),
            onpointerenter: () => this.act.point({ layer: l, unit: u }),
            onpointermove: (event) => this.hover(event, canvas, { layer: l, unit: u }),
            onpointerleave: () => this.act.leave(),
            onkeydown: (event) => this.walk(event, l, u),
          },
          canvas,
          name,
        );
        const { x, y } = this.places[l][u];
        Object.assign(button.style, { left: `${x}px`, top: `${y}px`, width: `${tile}px`, height: `${tile}px` });
        return { button, canvas, context: canvas.getContext("2d") };
      }),
    );
    return this.units.flat().map(({ button }) => button);
  }

  hover(event, canvas, subject) {
    const box = canvas.getBoundingClientRect();
    this.act.point(subject, { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height });
  }

  walk(event, l, u) {
    const [dl, du] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    const layer = this.units[l + dl];
    if ((dl || du) && layer) {
      event.preventDefault();
      const next = layer[Math.max(0, Math.min(layer.length - 1, u + du))].button;
      this.units.flat().forEach(({ button }) => (button.tabIndex = -1));
      next.tabIndex = 0;
      next.focus();
    }
  }

  drawLines(tile) {
    const { network } = this.lab;
    network.layers.forEach(({ inputs, units, weights, biases }, l) => {
      for (let u = 0; u < units; u++) {
        const to = this.places[l + 1][u];
        for (let i = 0; i < inputs; i++) {
          const from = this.places[l][i];
          const [x1, y1, x2, y2] = [from.x + tile, from.y + tile / 2, to.x, to.y + tile / 2];
          const bend = (x2 - x1) / 2;
          this.line(weights + u * inputs + i, `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`);
        }
        const x = to.x - 9, y = to.y + tile + 9;
        this.line(biases + u, `M${x} ${y}L${to.x + 2} ${to.y + tile - 2}`, [x, y]);
      }
    });
  }

  line(index, path, dot) {
    const seen = s("path", { d: path, class: "pg-seen" });
    const wide = s("path", { d: path, class: "pg-wide" });
    const line = s("g", { class: "pg-line", role: "slider", tabindex: this.lines.length === this.lineAt ? 0 : -1, "aria-label": parameterSaid(this.lab, index), "aria-valuemin": -10, "aria-valuemax": 10, "aria-valuenow": 0, "aria-orientation": "vertical" }, wide, seen);
    if (dot) {
      line.append(s("circle", { cx: dot[0], cy: dot[1], r: 4, class: "pg-dot" }), s("circle", { cx: dot[0], cy: dot[1], r: 11, class: "pg-wide" }));
    }
    const at = this.lines.length;
    line.addEventListener("focus", () => this.act.point({ index }));
    line.addEventListener("pointerenter", () => this.act.point({ index }));
    line.addEventListener("pointerleave", () => this.act.leave());
    line.addEventListener("pointerdown", (event) => this.drag(event, line, index));
    line.addEventListener("keydown", (event) => this.key(event, at, index));
    this.lines.push({ line, seen, index, shown: "" });
    this.svg.append(line);
  }

  drag(event, line, index) {
    event.preventDefault();
    line.focus();
    this.act.pin({ index });
    if (this.act.locked()) {
      return;
    }
    const from = event.clientY, value = this.lab.network.parameters[index];
    line.setPointerCapture(event.pointerId);
    const move = (moved) => this.act.put(index, value + (from - moved.clientY) * (moved.shiftKey ? 0.002 : 0.02));
    line.addEventListener("pointermove", move);
    const end = () => line.removeEventListener("pointermove", move);
    line.addEventListener("pointerup", end, { once: true });
    line.addEventListener("pointercancel", end, { once: true });
  }

  key(event, at, index) {
    const value = this.lab.network.parameters[index];
    const size = event.shiftKey ? 0.01 : 0.1;
    const changed = { ArrowUp: value + size, ArrowDown: value - size, PageUp: value + 1, PageDown: value - 1, 0: 0 }[event.key];
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: this.lines.length - 1 }[event.key];
    if (changed !== undefined && !this.act.locked()) {
      event.preventDefault();
      this.act.put(index, Number(changed.toFixed(6)));
    } else if (next !== undefined && this.lines[next]) {
      event.preventDefault();
      this.lines[this.lineAt].line.setAttribute("tabindex", -1);
      this.lineAt = next;
      this.lines[next].line.setAttribute("tabindex", 0);
      this.lines[next].line.focus();
    } else if (event.key === "Enter") {
      this.act.pin({ index }, true);
    }
  }

  /** @param quiet whether nothing runs, so that what is only heard may follow, too */
  paint(maps, theme, quiet) {
    const { lab } = this;
    const [low, high] = CLASS_COLOURS[theme];
    const p = lab.network.parameters;
    for (const each of this.lines) {
      const value = p[each.index];
      const shown = value.toPrecision(3);
      if (shown !== each.shown || theme !== this.theme) {
        each.shown = shown;
        each.seen.style.stroke = css(value < 0 ? low : high);
        each.seen.style.strokeWidth = (0.5 + 4.5 * Math.tanh(Math.abs(value) / 2)).toFixed(2);
        each.seen.style.strokeOpacity = (0.35 + 0.65 * Math.tanh(Math.abs(value))).toFixed(2);
        each.seen.nextElementSibling?.style.setProperty("fill", css(value < 0 ? low : high));
        each.late = true;
      }
      if (quiet && each.late) {
        each.late = false;
        each.line.setAttribute("aria-valuenow", Number(value.toPrecision(4)));
        each.line.setAttribute("aria-valuetext", figure(value));
      }
    }
    this.units.forEach((layer, l) => {
      const activation = l === 0 ? "identity" : lab.network.layers[l - 1].activation;
      layer.forEach(({ context }, u) => {
        const values = maps.values[l][u];
        const scale = scaleOf(values, activation);
        if (maps.flat) {
          this.curve(context, values, scale, theme);
        } else if (l > 0 || !this.painted || theme !== this.theme || maps !== this.painted) {
          paint(context, values, scale, theme);
        }
      });
    });
    this.theme = theme;
    this.painted = maps;
  }

  curve(context, values, scale, theme) {
    context.fillStyle = theme === "dark" ? "#262930" : "#fafaf8";
    context.fillRect(0, 0, SIDE, SIDE);
    context.fillStyle = theme === "dark" ? "#4a505c" : "#d5d2cb";
    context.fillRect(0, SIDE / 2, SIDE, 1);
    context.strokeStyle = css(CLASS_COLOURS[theme][1]);
    context.lineWidth = 2.5;
    context.beginPath();
    values.forEach((value, i) => context.lineTo(i, SIDE / 2 - (value / scale) * (SIDE / 2 - 4)));
    context.stroke();
  }

  /** Marks of units that are copies or dead. */
  mark(units) {
    this.units.forEach((layer, l) => layer.forEach(({ button }, u) => (button.dataset.mark = units.find(({ layer: at, unit }) => at + 1 === l && unit === u)?.mark ?? "")));
  }
}
