// Elements from names, attributes and children: texts are texts, never markup.

export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else if (value === true) {
      element.setAttribute(key, "");
    } else if (value !== false && value != null) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

/** Puts children in place of what is there. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

const figures = new Map();

function figure(digits) {
  if (!figures.has(digits)) {
    figures.set(digits, new Intl.NumberFormat("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  }
  return figures.get(digits);
}

const LARGE = 1e9; // what is larger is read by its power of ten

export const percent = (share, digits = 2) => (share == null ? "" : `${figure(digits).format(100 * share)} %`);
export const whole = (number) => (number == null ? "" : figure(0).format(number));
export const decimal = (number, digits = 4) =>
  number == null ? "" : typeof number === "string" ? number : Math.abs(number) < LARGE ? figure(digits).format(number) : number.toExponential(3);

/** A colour of the style sheet as a canvas takes it, in the light or dark that is now. */
export function colour(name) {
  const probe = h("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

/** A picture of grey or coloured points on a canvas, `zoom` times as large; numbers from 0 to 255. */
export function picture({ width, height, channels, values }, zoom, label) {
  const canvas = h("canvas", { width, height, role: "img", "aria-label": label, class: "pixels" });
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) {
      image.data[4 * i + c] = values[channels * i + (channels === 3 ? c : 0)];
    }
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  canvas.style.width = `${width * zoom}px`;
  canvas.style.height = `${height * zoom}px`;
  return canvas;
}

/** Signed numbers, of which 1 is the largest: blue below 0, white at 0, red above. */
export function signed(values, width, height, zoom, label) {
  const points = new Array(3 * width * height);
  for (let i = 0; i < width * height; i++) {
    const value = Math.max(-1, Math.min(1, values[i]));
    const fade = Math.round(255 * (1 - Math.abs(value)));
    points[3 * i] = value > 0 ? 255 : fade;
    points[3 * i + 1] = fade;
    points[3 * i + 2] = value > 0 ? fade : 255;
  }
  return picture({ width, height, channels: 3, values: points }, zoom, label);
}
