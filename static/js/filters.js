// Filters of a list: folded away on a phone, and no empty names in the address.

for (const toggle of document.querySelectorAll("[data-filters]")) {
  const box = document.getElementById(toggle.getAttribute("aria-controls"));
  toggle.addEventListener("click", () => {
    const open = box.classList.toggle("is-open");
    toggle.setAttribute("aria-expanded", String(open));
  });
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-list]")) return;
  for (const field of event.target.elements) {
    if (field.name && field.value === "") field.disabled = true;
  }
  window.addEventListener("pageshow", () => {
    for (const field of event.target.elements) field.disabled = false;
  });
});
