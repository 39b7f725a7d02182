// The form of a trip: shows what its form (led, accompanying) asks, and fills post, unit and rank of our own people.
// Without it everything is shown, and the server leaves empty what does not belong.

function show(form) {
  for (const part of form.querySelectorAll("[data-when]")) {
    const [name, value] = part.dataset.when.split("=");
    const chosen = form.querySelector(`[name="${name}"]:checked`);
    part.hidden = Boolean(chosen) && chosen.value !== value;
  }
  const led = form.querySelector('[name="mode"][value="led"]')?.checked ?? true;
  for (const field of form.querySelectorAll('[name$="-member_class"]')) field.closest(".field").hidden = led;
}

function colleague(text) {
  const options = document.querySelectorAll("#nhan-su option");
  return [...options].find((option) => option.value === text.trim());
}

function fill(field) {
  const found = colleague(field.value);
  const row = field.closest("[data-row]");
  if (!found || !row) return;
  for (const name of ["post", "body", "rank"]) {
    const target = row.querySelector(`[name$="-${name}"]`);
    if (target) target.value = found.dataset[name];
  }
}

const form = document.getElementById("ho-so");

if (form) {
  show(form);
  form.addEventListener("change", (event) => {
    if (event.target.name === "mode") show(form);
    if (event.target.matches("[data-staff]")) fill(event.target);
  });
  form.addEventListener("rows-added", () => show(form));
}
