// What happens on the server. A browser has six connections to it for all its tabs together, so that one tab
// listens for all: the one that holds a lock, and passes everything on.

const channel = new BroadcastChannel("vitrine-events");
const hearers = new Map();
const newest = new Map();

function hear(kind, value) {
  newest.set(kind, value);
  for (const hearer of hearers.get(kind) ?? []) {
    hearer(value);
  }
}

/** Hears one kind of event, the newest at once; answers what ends it. */
export function listen(kind, hearer) {
  if (!hearers.has(kind)) {
    hearers.set(kind, new Set());
  }
  hearers.get(kind).add(hearer);
  if (newest.has(kind)) {
    hearer(newest.get(kind));
  }
  return () => hearers.get(kind).delete(hearer);
}

function pass(kind, value) {
  hear(kind, value);
  channel.postMessage({ kind, value });
}

channel.onmessage = ({ data }) => {
  if (data.kind === "ask" && source) {
    newest.forEach((value, kind) => channel.postMessage({ kind, value }));
  } else if (data.kind !== "ask") {
    hear(data.kind, data.value);
  }
};

let source = null;

const KINDS = ["trainings", "studies", "queue"];

function open() {
  source = new EventSource("events");
  source.onopen = () => pass("server", { open: true });
  source.onerror = () => pass("server", { open: false });
  for (const kind of KINDS) {
    source.addEventListener(kind, (event) => pass(kind, JSON.parse(event.data)));
  }
}

if (navigator.locks) {
  navigator.locks.request("vitrine-events", () => {
    open();
    return new Promise(() => {}); // held until this tab closes; another takes over then
  });
} else {
  open(); // an address that the browser does not trust as it trusts this machine has no locks
}
channel.postMessage({ kind: "ask" });
