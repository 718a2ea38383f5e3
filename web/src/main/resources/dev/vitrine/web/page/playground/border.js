// Where numbers on a grid are 0: marching squares, each square's piece of the line straight.
import { SIDE } from "./maps.js";

/** Strokes the line where `values` change their sign, on a picture of `size`. */
export function border(context, values, size) {
  const cell = size / SIDE;
  context.beginPath();
  for (let row = 0; row + 1 < SIDE; row++) {
    for (let column = 0; column + 1 < SIDE; column++) {
      const at = row * SIDE + column;
      const corners = [values[at], values[at + 1], values[at + SIDE + 1], values[at + SIDE]];
      const x = (column + 0.5) * cell, y = (row + 0.5) * cell;
      const places = [[0, 0], [1, 0], [1, 1], [0, 1]];
      const crossed = [];
      for (let k = 0; k < 4; k++) {
        const from = corners[k], to = corners[(k + 1) % 4];
        if (from >= 0 !== to >= 0) {
          const share = from / (from - to), [x1, y1] = places[k], [x2, y2] = places[(k + 1) % 4];
          crossed.push([x + cell * (x1 + share * (x2 - x1)), y + cell * (y1 + share * (y2 - y1))]);
        }
      }
      for (let k = 0; k + 1 < crossed.length; k += 2) {
        context.moveTo(...crossed[k]);
        context.lineTo(...crossed[k + 1]);
      }
    }
  }
  context.stroke();
}
