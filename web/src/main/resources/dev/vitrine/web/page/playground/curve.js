// The loss, epoch by epoch: on a logarithmic axis, read by arrow keys, and as a table.
import { h, fill } from "../dom.js";
import { CLASS_COLOURS, css } from "./maps.js";
import { figure } from "./words.js";

const HEIGHT = 130;

export class Curve {
  constructor(host) {
    this.canvas = h("canvas", { class: "pg-curve", tabindex: 0, role: "application", "aria-label": "Loss by epoch", onkeydown: (event) => this.read(event) });
    this.said = h("p", { class: "note pg-said", role: "status" }, "Loss by epoch: solid on what is learned from, dashed on what is kept apart. Arrow keys read it.");
    this.body = h("tbody");
    this.table = h("details", { ontoggle: () => this.list() }, h("summary", {}, "The loss as a table"), h("div", { class: "list pg-list", tabindex: 0, role: "region", "aria-label": "The loss as a table" }, h("table", {}, h("thead", {}, h("tr", {}, h("th", {}, "Epoch"), h("th", {}, "Loss"), h("th", {}, "Loss of the points kept apart"))), this.body)));
    host.append(this.canvas, this.said, this.table);
    this.at = -1;
  }

  draw(lab, theme) {
    this.lab = lab;
    const width = this.canvas.clientWidth || 300, dense = devicePixelRatio || 1;
    if (this.canvas.width !== Math.round(width * dense)) {
      this.canvas.width = Math.round(width * dense);
      this.canvas.height = Math.round(HEIGHT * dense);
    }
    const context = this.canvas.getContext("2d");
    context.setTransform(dense, 0, 0, dense, 0, 0);
    context.clearRect(0, 0, width, HEIGHT);
    const points = lab.history.filter(({ train }) => Number.isFinite(train));
    const values = points.flatMap(({ train, test }) => [train, test ?? train]).map((value) => Math.log10(Math.max(value, 1e-6)));
    const [least, most] = values.length ? [Math.min(...values), Math.max(...values)] : [-1, 0];
    const low = Math.floor(least * 2) / 2 - 0.1, high = Math.max(low + 0.6, Math.ceil(most * 2) / 2 + 0.1);
    const left = 46, right = width - 8, top = 6, bottom = HEIGHT - 18;
    const last = Math.max(1, points.at(-1)?.epoch ?? 1);
    const x = (epoch) => left + ((right - left) * epoch) / last;
    const y = (value) => bottom - ((bottom - top) * (Math.log10(Math.max(value, 1e-6)) - low)) / (high - low);
    const ink = theme === "dark" ? "#a3abb8" : "#5c6470";
    context.font = "11px system-ui, sans-serif";
    context.fillStyle = ink;
    context.strokeStyle = theme === "dark" ? "#363b44" : "#d9d6cf";
    context.lineWidth = 1;
    const marks = [];
    for (let ten = Math.floor(low) - 1; ten <= high; ten++) {
      for (const each of high - low < 1.5 ? [1, 2, 5] : [1]) {
        const value = each * 10 ** ten;
        if (Math.log10(value) >= low && Math.log10(value) <= high) {
          marks.push(value);
        }
      }
    }
    context.textAlign = "right";
    marks.filter((_, i) => i % Math.ceil(marks.length / 6) === 0).forEach((value) => {
      context.beginPath();
      context.moveTo(left, y(value));
      context.lineTo(right, y(value));
      context.stroke();
      context.fillText(figure(value, 1), left - 6, y(value) + 4);
    });
    context.fillText(`epoch ${last}`, right, HEIGHT - 4);
    context.textAlign = "left";
    context.fillText("0", left, HEIGHT - 4);
    const [blue, orange] = CLASS_COLOURS[theme];
    this.path(context, points, "test", x, y, css(orange), [5, 4]);
    this.path(context, points, "train", x, y, css(blue), []);
    if (this.at >= 0 && points[this.at]) {
      context.fillStyle = css(blue);
      context.beginPath();
      context.arc(x(points[this.at].epoch), y(points[this.at].train), 4, 0, 7);
      context.fill();
    }
  }

  path(context, points, part, x, y, colour, dash) {
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.setLineDash(dash);
    context.beginPath();
    points.filter((each) => each[part] !== null && Number.isFinite(each[part])).forEach((each) => context.lineTo(x(each.epoch), y(each[part])));
    context.stroke();
    context.setLineDash([]);
  }

  read(event) {
    const points = this.lab?.history ?? [];
    const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -1e9, End: 1e9 }[event.key];
    if (by === undefined || points.length === 0) {
      return;
    }
    event.preventDefault();
    this.at = Math.max(0, Math.min(points.length - 1, (this.at < 0 ? points.length : this.at) + by));
    const { epoch, train, test } = points[this.at];
    this.said.textContent = `Epoch ${epoch}: loss ${figure(train)}${test === null ? "" : `; of the points kept apart ${figure(test)}`}.`;
    this.draw(this.lab, this.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
  }

  /** At most fifty rows. */
  list() {
    if (this.table.open && this.lab) {
      const points = this.lab.history, every = Math.ceil(points.length / 50);
      const rows = points.filter((_, i) => i % every === 0 || i === points.length - 1);
      fill(this.body, rows.map(({ epoch, train, test }) => h("tr", {}, h("td", {}, String(epoch)), h("td", {}, figure(train)), h("td", {}, test === null ? "–" : figure(test)))));
    }
  }
}
