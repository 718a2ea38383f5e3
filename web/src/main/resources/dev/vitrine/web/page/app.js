// The page's frame: which room is shown follows from the address's fragment alone.
import { h, fill } from "./dom.js";
import { LOST, ask } from "./server.js";
import { listen } from "./events.js";
import { queue } from "./queue.js";

const ROOMS = [
  { key: "runs", title: "Runs" },
  { key: "train", title: "Train" },
  { key: "draw", title: "Draw" },
  { key: "playground", title: "Playground" },
  { key: "network", title: "Network" },
  { key: "chain", title: "Chain rule" },
  { key: "mistakes", title: "Mistakes" },
  { key: "photo", title: "Photo" },
  { key: "studies", title: "Studies" },
];

const main = document.getElementById("room");
const line = document.getElementById("line");
let leave = () => {};
let visits = 0;
let lost = false; // a room that could not be opened, since nothing answered

/** One sentence for everybody, also for who hears the page. */
export function say(sentence, wrong = false) {
  line.textContent = sentence;
  line.classList.toggle("wrong", wrong);
}

function place() {
  const [key, query] = (location.hash.startsWith("#/") ? location.hash.slice(2) : "").split("?");
  return { key: key || "runs", query: new URLSearchParams(query) };
}

/** Has the current link in the middle of a row that is too long, and the first stop of Tab where it was: scrollIntoView moves that. */
function centre(row) {
  const link = row.querySelector("a[aria-current]").getBoundingClientRect();
  const seen = row.getBoundingClientRect();
  row.scrollLeft += link.left + link.width / 2 - seen.left - seen.width / 2;
}

async function show() {
  const mine = ++visits;
  const { key, query } = place();
  const room = ROOMS.find((each) => each.key === key) ?? ROOMS[0];
  for (const link of document.querySelectorAll("#rooms a")) {
    link.dataset.room === room.key ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
  }
  centre(document.getElementById("rooms"));
  leave();
  leave = () => {};
  lost = false;
  say(room.key === key ? "" : `There is no room “${key}” here: these are the runs.`, room.key !== key);
  document.title = `${room.title} · Vitrine`;
  // A room that is left before it is open draws where nobody looks, and says nothing.
  const stage = h("div");
  fill(main, stage);
  const still = (act) => (...values) => mine === visits && act(...values);
  try {
    const { open } = await import(`./rooms/${room.key}.js`).catch((wrong) => {
      throw wrong instanceof TypeError ? new Error(LOST) : wrong;
    });
    const left = (mine === visits && (await open(stage, query, { say: still(say), go: still(go) }))) || (() => {});
    mine === visits ? (leave = left) : left();
  } catch (wrong) {
    still(failed)(room, stage, wrong.message);
  }
}

function failed(room, stage, sentence) {
  lost = sentence === LOST;
  if (!stage.querySelector("h2")) {
    fill(stage, h("h2", {}, room.title), h("p", { class: "wrong" }, sentence));
  }
  say(sentence, true);
}

/** Goes to a room, with what is shown there in its address, so that a reload shows the same. */
export function go(key, query = {}, replace = false) {
  const text = new URLSearchParams(query).toString();
  const hash = `#/${key}${text ? `?${text}` : ""}`;
  if (replace) {
    history.replaceState(null, "", hash);
  } else {
    location.hash = hash;
  }
}

fill(
  document.getElementById("rooms"),
  ROOMS.map(({ key, title }) => h("a", { href: `#/${key}`, "data-room": key }, title)),
);
addEventListener("hashchange", show);
addEventListener("unhandledrejection", (event) => say(event.reason?.message ?? String(event.reason), true));
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address says which room it is
  main.focus();
});
listen("server", ({ open }) => {
  if (!open) {
    say(LOST, true);
  } else if (lost) {
    location.reload(); // a part of the page that did not arrive is not asked for again in every browser
  } else if (line.textContent === LOST) {
    say("");
  }
});
queue(document.getElementById("queue"), say);
ask("api/trainings").catch((wrong) => say(wrong.message, true));
show();
