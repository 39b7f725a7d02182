// A draft saves itself while it is written: <form data-autosave="URL"> ... <span data-saved role="status">.
// The server answers {"saved_at": "10:42", "url"?: "...", "fields"?: {name: value}, "message"?: "..."}.

const EVERY = 5000;

function sentence(place, name, value) {
  return (place.dataset[name] ?? "").replace("{time}", value ?? "");
}

function draftOf(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data.entries()]) {
    if (value instanceof File) data.delete(name);
  }
  return data;
}

function snapshot(form) {
  const data = draftOf(form);
  data.delete("csrfmiddlewaretoken");
  data.delete("_yeu_cau");
  return new URLSearchParams(data).toString();
}

function take(form, answer) {
  for (const [name, value] of Object.entries(answer.fields ?? {})) {
    const field = form.elements[name];
    if (field) field.value = value;
  }
  if (answer.url) {
    form.action = answer.url;
    history.replaceState(null, "", answer.url);
  }
  if (answer.autosave) form.dataset.autosave = answer.autosave;
}

function watch(form) {
  const place = form.querySelector("[data-saved]");
  let known = snapshot(form);
  let busy = false;

  async function save() {
    const now = snapshot(form);
    if (busy || form.dataset.sent || now === known) return;
    busy = true;
    try {
      const response = await fetch(form.dataset.autosave, {
        method: "POST",
        body: draftOf(form),
        headers: { "X-Requested-With": "fetch", Accept: "application/json" },
        redirect: "manual",
      });
      if (response.status === 401) {
        document.dispatchEvent(new Event("session-ended"));
        show("ended");
      } else if (response.ok) {
        const answer = await response.json();
        known = now;
        take(form, answer);
        known = snapshot(form) === now ? now : snapshot(form);
        show(answer.message ? "" : "done", answer.saved_at, answer.message);
      } else {
        const answer = await response.json().catch(() => ({}));
        show("failed", "", answer.message);
      }
    } catch {
      show("failed");
    } finally {
      busy = false;
    }
  }

  function show(name, time, message) {
    if (!place) return;
    place.textContent = message || sentence(place, name, time);
    place.classList.toggle("is-late", name === "failed" || name === "ended");
  }

  setInterval(save, EVERY);
  document.addEventListener("visibilitychange", () => document.hidden && save());
}

for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);
