// A photograph of digits: dropped or chosen, read, and shown with every step of the finding.
import { h, fill, percent } from "../dom.js";
import { requireSize, send } from "../server.js";

export async function open(main, query, { say }) {
  const file = h("input", { type: "file", accept: "image/jpeg,image/png", "aria-label": "A photograph of digits" });
  const drop = h("label", { class: "card drop" }, h("span", {}, "Drop a photograph of handwritten digits here, or choose one: "), file, h("span", { class: "note" }, "JPEG or PNG; it stays on this machine."));
  const answer = h("section", { "aria-label": "What it reads", "aria-live": "polite" });
  const frame = h("iframe", { title: "The reading, step by step", class: "trace", sandbox: "allow-scripts", hidden: true });
  fill(main, h("h2", {}, "Photo"), drop, answer, frame);

  async function read(picture) {
    fill(answer, h("p", { class: "note" }, `Reading ${picture.name} …`));
    frame.hidden = true;
    const start = performance.now();
    try {
      requireSize(picture, 64);
      const reading = await send("api/photo", { name: picture.name }, picture);
      say("");
      fill(
        answer,
        h("h3", {}, reading.lines.length ? `It reads, in ${((performance.now() - start) / 1000).toFixed(1)} s` : "No digits found"),
        reading.lines.map((line) => h("p", { class: "digits" }, line.digits.map((digit) => h("span", { class: digit.unsure ? "unsure" : "", title: `${digit.unsure ? "unsure, " : ""}${percent(digit.probability, 0)}; or ${digit.second}, ${percent(digit.second_probability, 0)}` }, String(digit.digit))))),
        reading.lines.some((line) => line.digits.some((digit) => digit.unsure)) && h("p", { class: "note" }, "Underlined: unsure."),
      );
      frame.src = `api/photo/page?id=${encodeURIComponent(reading.page)}`;
      frame.hidden = false;
    } catch (wrong) {
      fill(answer, h("p", { class: "wrong", role: "alert" }, wrong.message));
    }
  }

  file.addEventListener("change", () => file.files[0] && read(file.files[0]));
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    event.dataTransfer.files[0] && read(event.dataTransfer.files[0]);
  });
  return () => {};
}
