// What every page needs: menus that close, dialogs that open, one press per form, and word of an ended session.
// Everything here only adds to pages that work without it.

document.documentElement.classList.add("js");

// --- menus -----------------------------------------------------------------------------------------------------

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except && !menu.contains(except)) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest("details.menu[open]");
  closeMenus(null);
  menu?.querySelector("summary").focus();
});

// --- dialogs: <a href="#id" data-dialog> ... <dialog id="id"> --------------------------------------------------

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const dialog = document.querySelector(opener.getAttribute("href"));
    if (dialog?.showModal) {
      event.preventDefault();
      closeMenus(null);
      dialog.showModal();
    }
    return;
  }
  const dialog = event.target.closest("dialog[open]");
  if (dialog && (event.target.closest("[data-close]") || event.target === dialog)) {
    if (event.target === dialog && isInside(dialog, event)) return;
    event.preventDefault();
    dialog.close();
  }
});

function isInside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return (
    event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom
  );
}

// --- one press per form; the server guards too (request_ids.py) ------------------------------------------------

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
});

// The Back button shows the page as it was: it may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
});

// --- the first thing to read after a failed form is what is wrong ----------------------------------------------

document.querySelector("[data-error-summary]")?.focus();

// --- the session ended while the page was open -----------------------------------------------------------------

document.addEventListener("session-ended", () => {
  const notes = document.getElementById("notes");
  const template = document.getElementById("session-ended");
  if (notes && template && !notes.querySelector("[data-ended]")) {
    const note = template.content.firstElementChild.cloneNode(true);
    note.dataset.ended = "";
    notes.append(note);
  }
});
