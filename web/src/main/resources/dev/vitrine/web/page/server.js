// What the server is asked: JSON comes back, or one sentence that says what is wrong.

async function answered(response) {
  const value = await response.json().catch(() => ({ error: `The server answered ${response.status}` }));
  if (!response.ok) {
    throw new Error(value.error);
  }
  return value;
}

/** What is said when nothing answers. */
export const LOST = "The server does not answer: is it still running in its terminal?";

function away(wrong) {
  throw wrong?.name === "AbortError" ? wrong : new Error(LOST);
}

const query = (values) => {
  const text = new URLSearchParams(values ?? {}).toString();
  return text ? `?${text}` : "";
};

export const ask = (path, values) => fetch(path + query(values)).catch(away).then(answered);

export const tell = (path, body = {}) =>
  fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })
    .catch(away)
    .then(answered);

/** A file may be too large to be sent: to be told so takes no minute. */
export function requireSize({ name, size }, megabytes) {
  if (size > megabytes * 2 ** 20) {
    throw new Error(`${name} has ${Math.ceil(size / 2 ** 20)} MB, but at most ${megabytes} MB are taken: make it smaller first`);
  }
}

export const send = (path, values, bytes, signal) =>
  fetch(path + query(values), {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream" },
    body: bytes,
    signal,
  })
    .catch(away)
    .then(answered);
