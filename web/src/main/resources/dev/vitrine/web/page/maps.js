// What a network makes of a picture, as small pictures: maps, gradients, filters.
import { h, signed } from "./dom.js";

const MOST = 64;

/** Numbers that came as bytes from −127 to 127 in Base64, as shares of the largest. */
export function numbers({ values }) {
  return Array.from(Int8Array.from(atob(values), (letter) => letter.charCodeAt(0)), (value) => value / 127);
}

/** What a layer gives, a small picture for each of its maps. */
export function layerMaps(each, wide = 56) {
  const values = numbers(each);
  const [units, height, width] = each.shape.length === 3 ? each.shape : [1, 1, each.shape[0] ?? 1];
  const plane = height * width;
  const zoom = height === 1 ? 5 : Math.max(2, Math.round(wide / width));
  const maps = Array.from({ length: Math.min(units, MOST) }, (_, u) => signed(values.slice(u * plane, (u + 1) * plane), width, height, zoom, `${each.path}, map ${u + 1}`));
  return { maps: h("div", { class: "maps" }, maps), note: `${each.shape.join("×")}, largest ${each.scale.toPrecision(3)}${units > MOST ? `, the first ${MOST} maps` : ""}` };
}
