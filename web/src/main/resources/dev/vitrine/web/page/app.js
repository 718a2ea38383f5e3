// The page's frame: which room is shown follows from the address's fragment alone.
import { h, fill } from "./dom.js";
import { ask } from "./server.js";
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

/** One sentence for everybody, also for who hears the page. */
export function say(sentence, wrong = false) {
  line.textContent = sentence;
  line.classList.toggle("wrong", wrong);
}

function place() {
  const [path, query] = (location.hash.slice(2) || "runs").split("?");
  return { key: path, query: new URLSearchParams(query) };
}

async function show() {
  const { key, query } = place();
  const room = ROOMS.find((each) => each.key === key) ?? ROOMS[0];
  for (const link of document.querySelectorAll("#rooms a")) {
    link.dataset.room === room.key ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
  }
  document.querySelector("#rooms a[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  leave();
  leave = () => {};
  say("");
  document.title = `${room.title} · Vitrine`;
  const { open } = await import(`./rooms/${room.key}.js`);
  fill(main);
  try {
    leave = (await open(main, query, { say, go })) ?? (() => {});
  } catch (wrong) {
    say(wrong.message, true);
  }
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
const LOST = "The server does not answer: is it still running in its terminal?";
listen("server", ({ open }) => {
  if (!open) {
    say(LOST, true);
  } else if (line.textContent === LOST) {
    say("");
  }
});
queue(document.getElementById("queue"), say);
ask("api/trainings").catch((wrong) => say(wrong.message, true));
show();
