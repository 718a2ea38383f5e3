// What a network makes of a picture, as small pictures: maps, gradients, filters.
import { h, signed } from "./dom.js";

const MOST = 64;
const ACROSS = 64;

/** Numbers that came as bytes from −127 to 127 in Base64, as shares of the largest. */
export function numbers({ values }) {
  return Array.from(Int8Array.from(atob(values), (letter) => letter.charCodeAt(0)), (value) => value / 127);
}

/** What a layer gives, a small picture for each of its maps. */
export function layerMaps(each, wide = 56) {
  const values = numbers(each);
  const note = `${each.shape.join("×")}, largest ${each.scale.toPrecision(3)}`;
  if (each.shape.length !== 3) {
    // Numbers without places stand row below row, as many in each as a phone has room for.
    const across = Math.min(ACROSS, values.length);
    const rows = Math.ceil(values.length / across);
    const all = [...values, ...Array(across * rows - values.length).fill(0)];
    return { maps: h("div", { class: "maps" }, signed(all, across, rows, 5, each.path)), note };
  }
  const [units, height, width] = each.shape;
  const plane = height * width;
  const zoom = Math.max(2, Math.round(wide / width));
  const maps = Array.from({ length: Math.min(units, MOST) }, (_, u) => signed(values.slice(u * plane, (u + 1) * plane), width, height, zoom, `${each.path}, map ${u + 1}`));
  return { maps: h("div", { class: "maps" }, maps), note: `${note}${units > MOST ? `, the first ${MOST} maps` : ""}` };
}
