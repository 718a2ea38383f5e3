// The playground as one file that plays without a server: the modules' own texts, each a function, one after another.

const IMPORT = /^import \{([^}]*)\} from "([^"]+)";$/gm;
const EXPORT = /^export (async function|function|class|const) (\w+)/gm;
const AGAIN = /^export \{([^}]*)\};$/gm;

/** The text of a module and of all that it imports, those first that others need: { address: text }. */
async function gathered(address, texts = new Map()) {
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(`${address} cannot be read: is the server still running in its terminal?`);
  }
  const text = await response.text();
  for (const [, , from] of text.matchAll(IMPORT)) {
    const next = new URL(from, address).href;
    if (!texts.has(next)) {
      await gathered(next, texts);
    }
  }
  return texts.set(address, text);
}

function wrapped(address, text) {
  const names = [...[...text.matchAll(EXPORT)].map(([, , name]) => name), ...[...text.matchAll(AGAIN)].flatMap(([, list]) => list.split(",").map((name) => name.trim()))];
  const body = text
    .replace(IMPORT, (_, list, from) => `const {${list.replace(/ as /g, ": ")}} = modules[${JSON.stringify(keyOf(new URL(from, address).href))}];`)
    .replace(EXPORT, "$1 $2")
    .replace(AGAIN, "");
  return `modules[${JSON.stringify(keyOf(address))}] = (() => {\n${body}\nreturn {${names.join(", ")}};\n})();\n`;
}

const keyOf = (address) => new URL(address).pathname.split("/").slice(-2).join("/");

const START = `const main = document.getElementById("room");
const line = document.getElementById("line");
const say = (sentence, wrong = false) => { line.textContent = sentence; line.classList.toggle("wrong", wrong); };
const go = (key, query) => history.replaceState(null, "", "#/" + key + "?" + new URLSearchParams(query));
let leave = () => {};
const show = () => {
  leave();
  main.replaceChildren();
  const asked = location.hash.split("?")[1] ?? document.getElementById("state").textContent.trim();
  modules["rooms/playground.js"].open(main, new URLSearchParams(asked), { say, go }).then((left) => (leave = left), (wrong) => say(wrong.message, true));
};
addEventListener("hashchange", show);
show();
`;

/** @param words of the state, as in a link */
export async function page(words) {
  const state = new URLSearchParams(words).toString();
  const kept = document.getElementById("playground-code");
  let code, style;
  if (kept) {
    code = kept.textContent;
    style = document.getElementById("playground-style").textContent;
  } else {
    const texts = await gathered(new URL("rooms/playground.js", document.baseURI).href);
    code = `"use strict";\nconst modules = {};\n${[...texts].map(([address, text]) => wrapped(address, text)).join("")}${START}`;
    style = (await Promise.all(["style.css", "playground.css"].map((name) => fetch(name).then((answer) => answer.text())))).join("\n");
  }
  const end = "</scr" + "ipt>";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:">
<title>Playground · Vitrine</title>
<style id="playground-style">
${style}
</style>
</head>
<body>
<header><h1>Vitrine</h1><p id="line" role="status" aria-live="polite"></p></header>
<main id="room" tabindex="-1"></main>
<script type="application/x-www-form-urlencoded" id="state">${state}${end}
<script id="playground-code">${code}${end}
</body>
</html>
`;
}

/** Hands a file to the reader. */
export function download(name, content, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
