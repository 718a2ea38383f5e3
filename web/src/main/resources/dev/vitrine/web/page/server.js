// What the server is asked: JSON comes back, or one sentence that says what is wrong.

async function answered(response) {
  const value = await response.json().catch(() => ({ error: `The server answered ${response.status}` }));
  if (!response.ok) {
    throw new Error(value.error);
  }
  return value;
}

function away() {
  throw new Error("The server does not answer: is it still running in its terminal?");
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

export const send = (path, values, bytes, signal) =>
  fetch(path + query(values), {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream" },
    body: bytes,
    signal,
  }).then(answered);
