// The large picture: the decision (or the height, or the curve) behind the points, the first layer's lines over it, a cross
// where one looks.
import { h } from "../dom.js";
import { CLASS_COLOURS, SIDE, colour, css, decision, paint, paintClasses } from "./maps.js";
import { border } from "./border.js";
import { FirstLines } from "./firstlines.js";
import { figure } from "./words.js";

export class Plane {
  /** @param act { probe(a, b), leave(), draw(a, b), put(changes), locked() } */
  constructor(host, act) {
    this.act = act;
    this.canvas = h("canvas", { class: "pg-plane", tabindex: 0, role: "application", "aria-label": "The decision and the points; arrow keys move the cross, Enter does what the brush does", onkeydown: (event) => this.key(event) });
    this.heat = h("canvas", { width: SIDE, height: SIDE });
    this.lines = new FirstLines();
    host.append(this.canvas);
    for (const name of ["pointerdown", "pointermove", "pointerup", "pointercancel", "pointerleave"]) {
      this.canvas.addEventListener(name, (event) => this[name](event));
    }
  }

  /** Of the page to the picture's units, and back. */
  place(event) {
    const box = this.canvas.getBoundingClientRect();
    const { a, b } = this.reach;
    const x = (event.clientX - box.left) / box.width, y = (event.clientY - box.top) / box.height;
    return [a[0] + x * (a[1] - a[0]), b[1] - y * (b[1] - b[0])];
  }

  pointerdown(event) {
    const [a, b] = this.place(event);
    if (this.brush !== "look") {
      event.preventDefault();
      this.canvas.setPointerCapture(event.pointerId);
      this.drawing = [a, b];
      this.act.draw(a, b);
    } else if (!this.act.locked() && this.showLines && this.lines.grab(this.lab, a, b, this.reach)) {
      event.preventDefault();
      this.canvas.setPointerCapture(event.pointerId);
    }
    this.act.probe(a, b);
  }

  pointermove(event) {
    const [a, b] = this.place(event);
    if (this.drawing) {
      const apart = Math.hypot(a - this.drawing[0], b - this.drawing[1]);
      if (apart > (this.reach.a[1] - this.reach.a[0]) / 25) {
        this.drawing = [a, b];
        this.act.draw(a, b);
      }
    } else if (this.lines.held) {
      this.act.put(this.lines.pull(this.lab, a, b));
    } else if (this.brush === "look" && this.showLines) {
      this.canvas.classList.toggle("pg-grabs", this.lines.near(this.lab, a, b, this.reach) !== null);
    }
    this.act.probe(a, b);
  }

  pointerup() {
    this.drawing = null;
    this.lines.held = null;
  }

  pointercancel() {
    this.pointerup();
  }

  pointerleave() {
    if (!this.drawing && !this.lines.held) {
      this.act.leave();
    }
  }

  key(event) {
    const [da, db] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key] ?? [0, 0];
    const { a, b } = this.reach, share = event.shiftKey ? 0.01 : 0.04;
    const round = (x) => Math.round(x * 100) / 100;
    if (da || db) {
      event.preventDefault();
      this.act.probe(round(this.probe.a + da * share * (a[1] - a[0])), round(this.probe.b + db * share * (b[1] - b[0])));
    } else if ((event.key === "Enter" || event.key === " ") && this.brush !== "look") {
      event.preventDefault();
      this.act.draw(this.probe.a, this.probe.b);
    }
  }

  draw(lab, maps, theme, { probe, brush, showLines }) {
    Object.assign(this, { lab, probe, brush, showLines });
    this.canvas.classList.toggle("pg-draws", brush !== "look");
    const size = this.canvas.clientWidth || 360, dense = devicePixelRatio || 1;
    if (this.canvas.width !== Math.round(size * dense)) {
      this.canvas.width = this.canvas.height = Math.round(size * dense);
    }
    this.reach = lab.inputs === 2 ? lab.extent : { a: lab.extent.a, b: this.heights(lab) };
    const context = this.canvas.getContext("2d");
    context.setTransform(dense, 0, 0, dense, 0, 0);
    const { a, b } = this.reach;
    this.x = (value) => ((value - a[0]) / (a[1] - a[0])) * size;
    this.y = (value) => ((b[1] - value) / (b[1] - b[0])) * size;
    this.ink = theme === "dark" ? "#e8e6e1" : "#1b1f24";
    if (lab.inputs === 2) {
      this.background(context, lab, maps, theme, size);
    } else {
      this.graph(context, lab, maps, theme, size);
    }
    this.points(context, lab, theme, size);
    this.axes(context, size);
    this.cross(context, size);
  }

  heights(lab) {
    const all = lab.points.map(({ t }) => t);
    const most = 1.25 * Math.max(1, ...all.map(Math.abs));
    return [-most, most];
  }

  background(context, lab, maps, theme, size) {
    const outputs = maps.values.at(-1);
    const heat = this.heat.getContext("2d");
    if (lab.classes > 2) {
      paintClasses(heat, outputs, lab.settings.loss === "cross-entropy", theme);
    } else {
      const of = decision(lab);
      this.decided = outputs[0].map((y) => of(y));
      paint(heat, this.decided, lab.task === "numbers" ? 1.1 : 1.5, theme);
    }
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    context.drawImage(this.heat, 0, 0, size, size);
    if (lab.classes === 2) {
      context.strokeStyle = this.ink;
      context.lineWidth = 1.6;
      border(context, this.decided, size);
    }
    if (this.showLines) {
      this.lines.draw(context, lab, this, this.reach);
    }
  }

  graph(context, lab, maps, theme, size) {
    context.fillStyle = css(colour(0, theme));
    context.fillRect(0, 0, size, size);
    context.strokeStyle = theme === "dark" ? "#4a505c" : "#d0cdc5";
    context.lineWidth = 1;
    context.strokeRect(-5, this.y(0), size + 10, size);
    context.strokeStyle = css(CLASS_COLOURS[theme][1]);
    context.lineWidth = 3;
    context.beginPath();
    maps.values.at(-1)[0].forEach((value, i) => context.lineTo(((i + 0.5) / SIDE) * size, Math.max(-size, Math.min(2 * size, this.y(value)))));
    context.stroke();
  }

  points(context, lab, theme, size) {
    const r = Math.max(2.6, Math.min(5, size / 90));
    const of = lab.task === "numbers" ? Math.max(1e-6, ...lab.points.map(({ t }) => Math.abs(t))) : 1;
    for (const part of [lab.train, lab.test]) {
      for (const { x, i } of part) {
        const { a, b, t } = lab.points[i];
        const fillColour = lab.inputs === 1 ? CLASS_COLOURS[theme][0] : lab.task === "numbers" ? colour(t / of, theme) : CLASS_COLOURS[theme][t];
        const wrong = lab.task === "classes" && lab.decide(lab.answer(x)) !== t;
        this.mark(context, this.x(a), this.y(lab.inputs === 1 ? t : b), r, lab.task === "numbers" ? 0 : t);
        context.fillStyle = css(fillColour);
        context.strokeStyle = wrong ? (theme === "dark" ? "#ffffff" : "#000000") : theme === "dark" ? "#16181c" : "#ffffff";
        context.lineWidth = wrong ? 2 : 1.2;
        if (part === lab.train) {
          context.fill();
        } else {
          context.strokeStyle = css(fillColour);
          context.fillStyle = theme === "dark" ? "#16181c" : "#ffffff";
          context.lineWidth = wrong ? 3 : 2;
          context.fill();
        }
        context.stroke();
      }
    }
  }

  /** A form for each class. */
  mark(context, x, y, r, form) {
    context.beginPath();
    if (form === 0) {
      context.arc(x, y, r, 0, 7);
    } else if (form === 1) {
      context.rect(x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r);
    } else {
      const corners = [3, 4, 5, 6][form - 2], turned = form === 3 ? 0 : -Math.PI / 2;
      for (let k = 0; k < corners; k++) {
        const angle = turned + (2 * Math.PI * k) / corners;
        context.lineTo(x + 1.25 * r * Math.cos(angle), y + 1.25 * r * Math.sin(angle));
      }
      context.closePath();
    }
  }

  axes(context, size) {
    const { a, b } = this.reach;
    context.font = "12px system-ui, sans-serif";
    context.fillStyle = this.ink;
    const whole = (x) => figure(Math.trunc(x * 10) / 10, 2);
    context.textAlign = "left";
    context.fillText(whole(a[0]), 4, size - 5);
    context.textAlign = "center";
    context.fillText("x₁", size / 2, size - 5);
    context.textAlign = "right";
    context.fillText(whole(a[1]), size - 4, size - 5);
    context.textAlign = "left";
    context.fillText(whole(b[1]), 4, 14);
    context.fillText(this.lab.inputs === 1 ? "y" : "x₂", 4, size / 2);
  }

  cross(context, size) {
    const x = this.x(this.probe.a), y = this.lab.inputs === 1 ? null : this.y(this.probe.b);
    context.strokeStyle = this.ink;
    context.lineWidth = 1;
    context.beginPath();
    if (y === null) {
      context.moveTo(x, 0);
      context.lineTo(x, size);
    } else {
      context.moveTo(x - 9, y);
      context.lineTo(x + 9, y);
      context.moveTo(x, y - 9);
      context.lineTo(x, y + 9);
    }
    context.stroke();
  }
}
