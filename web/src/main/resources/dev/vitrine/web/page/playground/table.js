// Points as a table of text, both ways.
import { short } from "./data.js";

const MOST = 2000;

/**
 * Reads rows of two or three columns, the last of them the target; a first line of names is passed over. Targets that are texts,
 * or few whole numbers from 0, are classes.
 *
 * @returns {{ points, inputs, task, classes, names }}
 */
export function read(text) {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/).map((line, i) => ({ line: line.trim(), at: i + 1 })).filter(({ line }) => line);
  if (lines.length === 0) {
    throw new Error("The table is empty: expected a row a point, such as 0.5,-1.2,1");
  }
  const bare = lines[0].line.replace(/"[^"]*"/g, "");
  const mark = [";", "\t", ","].find((each) => bare.includes(each)) ?? " ";
  const rows = lines.map(({ line }) => fields(line, mark));
  const named = rows[0].slice(0, -1).every((field) => !Number.isFinite(Number(field)) || field === "");
  const body = named ? rows.slice(1) : rows;
  if (body.length === 0) {
    throw new Error("The table has a line of names alone: expected a row a point below it");
  }
  const width = rows[0].length;
  if (width !== 2 && width !== 3) {
    throw new Error(`The table's first row has ${width} columns: expected x1, x2 and the target, or x and y of a curve`);
  }
  if (body.length > MOST) {
    throw new Error(`The table has ${body.length} rows: expected ${MOST} at most`);
  }
  body.forEach((row, i) => {
    const line = lines[i + (named ? 1 : 0)].at;
    if (row.length !== width) {
      throw new Error(`Row ${line} has ${row.length} columns, but the first has ${width}`);
    }
    const odd = row.slice(0, -1).find((field) => field === "" || !Number.isFinite(Number(field)));
    if (odd !== undefined) {
      throw new Error(`Row ${line} has "${odd}" where a number is expected`);
    }
    if (row[width - 1] === "") {
      throw new Error(`Row ${line} has nothing in its last column, where the target is expected`);
    }
  });
  const targets = body.map((row) => row[width - 1]);
  const numbers = targets.every((field) => field !== "" && Number.isFinite(Number(field)));
  const different = [...new Set(targets)];
  const whole = numbers && different.every((field) => Number.isInteger(Number(field)));
  const classes = width === 3 && (!numbers || (whole && different.length <= 6));
  if (classes && (different.length < 2 || different.length > 6)) {
    throw new Error(`The last column names ${different.length} classes: expected 2 to 6`);
  }
  if (width === 2 && !numbers) {
    throw new Error("A table of two columns is a curve: expected numbers in both");
  }
  const names = classes ? different.sort((x, y) => (numbers ? x - y : x < y ? -1 : 1)) : [];
  const points = body.map((row) => ({
    a: short(Number(row[0])),
    b: width === 3 ? short(Number(row[1])) : 0,
    t: classes ? names.indexOf(row[width - 1]) : short(Number(row[width - 1])),
  }));
  return { points, inputs: width - 1, task: classes ? "classes" : "numbers", classes: Math.max(2, names.length), names };
}

/** A line's fields: what stands in quotes is one, doubled quotes within are quotes; where semicolons or tabs part them, a comma is a point. */
function fields(line, mark) {
  const parts = mark === " " ? line.split(/\s+/) : line.match(new RegExp(`(?:"(?:[^"]|"")*"|[^"${mark}])*(?:${mark}|$)`, "g")).slice(0, line.endsWith(mark) ? undefined : -1).map((part) => (part.endsWith(mark) ? part.slice(0, -1) : part));
  return parts.map((part) => {
    const text = part.trim().replace(/^"(.*)"$/, "$1").replaceAll('""', '"').trim();
    return mark !== "," && /^[+-]?\d*,\d+(e[+-]?\d+)?$/i.test(text) ? text.replace(",", ".") : text;
  });
}

/** Brings coordinates to −3 … 3, each by itself, where they reach further or stay far within. */
export function fitted(points) {
  const scale = (name) => {
    const values = points.map((point) => point[name]);
    const least = Math.min(...values), most = Math.max(...values);
    const wide = most - least;
    return least >= -3.2 && most <= 3.2 && wide > 0.8 ? (x) => x : (x) => short(wide === 0 ? 0 : (6 * (x - least)) / wide - 3);
  };
  const a = scale("a"), b = scale("b");
  return points.map((point) => ({ ...point, a: a(point.a), b: b(point.b) }));
}

/** A table of columns, the first line their names. */
export const write = (names, rows) => [names.join(","), ...rows.map((row) => row.join(","))].join("\n") + "\n";
