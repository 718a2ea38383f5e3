// A sheet to draw on: finger, pen, mouse or keys, or a picture from a file; with the ink on it as bytes.
import { h } from "./dom.js";

export const SIDE = 280;
const PEN = 22;
const MOVES = { ArrowLeft: [-8, 0], ArrowRight: [8, 0], ArrowUp: [0, -8], ArrowDown: [0, 8] };

/** A pad that tells `changed` whenever what is drawn is another. */
export function pad(changed) {
  const canvas = h("canvas", { class: "draw", width: SIDE, height: SIDE, tabindex: 0, role: "application", "aria-label": "Where you draw. With the keyboard: arrows move, Space puts the pen down and lifts it, U takes a stroke back, R brings it again, C clears." });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  let strokes = [];
  let undone = [];
  let background = null;
  let cursor = [SIDE / 2, SIDE / 4];
  let down = false;

  function paint() {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, SIDE, SIDE);
    if (background) {
      const fit = Math.min(SIDE / background.width, SIDE / background.height);
      const [w, t] = [background.width * fit, background.height * fit];
      pen.drawImage(background, (SIDE - w) / 2, (SIDE - t) / 2, w, t);
    }
    pen.strokeStyle = "#000";
    pen.lineWidth = PEN;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    for (const stroke of strokes) {
      pen.beginPath();
      pen.moveTo(...stroke[0]);
      stroke.forEach((point) => pen.lineTo(...point));
      if (stroke.length === 1) {
        pen.lineTo(stroke[0][0] + 0.1, stroke[0][1]);
      }
      pen.stroke();
    }
  }

  function ink() {
    const { data } = pen.getImageData(0, 0, SIDE, SIDE);
    const bytes = new Uint8Array(SIDE * SIDE);
    let edge = 0;
    for (let i = 0; i < bytes.length; i++) {
      bytes[i] = 255 - Math.round(0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2]);
    }
    if (background) {
      // A picture that is light on dark has its ground along the edge.
      for (let i = 0; i < SIDE; i++) {
        edge += bytes[i] + bytes[SIDE * (SIDE - 1) + i];
      }
      if (edge / (2 * SIDE) > 128) {
        bytes.forEach((value, i) => (bytes[i] = 255 - value));
      }
    }
    return bytes;
  }

  function repaint() {
    paint();
    changed(ink());
  }

  function begin(point) {
    undone = [];
    strokes.push([point]);
  }

  const undo = () => {
    if (strokes.length > 0) {
      undone.push(strokes.pop());
      repaint();
    }
  };

  const redo = () => {
    if (undone.length > 0) {
      strokes.push(undone.pop());
      repaint();
    }
  };

  const clear = () => {
    // A sheet that was cleared by mistake comes back stroke by stroke.
    undone = strokes.toReversed();
    strokes = [];
    background = null;
    down = false;
    repaint();
  };

  const show = (picture) => {
    background = picture;
    strokes = [];
    undone = [];
    repaint();
  };

  const where = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * SIDE, ((event.clientY - box.top) / box.height) * SIDE];
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    begin(where(event));
    repaint();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (canvas.hasPointerCapture(event.pointerId) && strokes.length > 0) {
      for (const each of event.getCoalescedEvents?.() ?? [event]) {
        strokes.at(-1).push(where(each));
      }
      repaint();
    }
  });
  canvas.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    const acts = { u: undo, r: redo, c: clear };
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (MOVES[event.key]) {
      cursor = cursor.map((value, i) => Math.max(8, Math.min(SIDE - 8, value + MOVES[event.key][i])));
      down && strokes.length > 0 && strokes.at(-1).push([...cursor]);
    } else if (key === " ") {
      down = !down;
      down && begin([...cursor]);
    } else if (acts[key]) {
      acts[key]();
    } else {
      return;
    }
    event.preventDefault();
    repaint(); // the ink is taken before the cursor is painted over it
    pen.strokeStyle = down ? "#c22" : "#28c";
    pen.lineWidth = 2;
    pen.strokeRect(cursor[0] - 6, cursor[1] - 6, 12, 12);
  });

  paint();
  return { canvas, ink, undo, redo, clear, show };
}
