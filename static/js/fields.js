// Fields of our own kind: days as dd/mm/yyyy with the browser's calendar beside them, amounts as 1.234.567,5, files.

const DAY = /^(\d{1,2})[\s./-](\d{1,2})[\s./-](\d{4})$/;
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;

function two(number) {
  return String(number).padStart(2, "0");
}

function writtenDay(text) {
  const iso = ISO.exec(text.trim());
  if (iso) return `${two(iso[3])}/${two(iso[2])}/${iso[1]}`;
  const day = DAY.exec(text.trim());
  if (day) return `${two(day[1])}/${two(day[2])}/${day[3]}`;
  const digits = /^(\d{2})(\d{2})(\d{4})$/.exec(text.trim());
  return digits ? `${digits[1]}/${digits[2]}/${digits[3]}` : text;
}

function changed(field) {
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function addCalendar(field) {
  if (field.dataset.ready || !("showPicker" in HTMLInputElement.prototype)) return;
  field.dataset.ready = "yes";
  const picker = document.createElement("input");
  picker.type = "date";
  picker.tabIndex = -1;
  picker.setAttribute("aria-hidden", "true");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-outline-secondary day-button";
  button.setAttribute("aria-label", field.dataset.day);
  button.title = field.dataset.day;
  const box = document.createElement("div");
  box.className = "day-field";
  field.replaceWith(box);
  box.append(field, button, picker);
  button.addEventListener("click", () => {
    const match = DAY.exec(writtenDay(field.value));
    picker.value = match ? `${match[3]}-${two(match[2])}-${two(match[1])}` : "";
    picker.showPicker();
  });
  picker.addEventListener("change", () => {
    if (!picker.value) return;
    field.value = writtenDay(picker.value);
    changed(field);
  });
}

function writtenAmount(text) {
  const plain = text.replace(/[\s.]/g, "");
  const match = /^(-?)(\d+)(,\d+)?$/.exec(plain);
  if (!match || /\.\d{1,2}$/.test(text.trim())) return text;
  return match[1] + match[2].replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, ".") + (match[3] ?? "");
}

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.matches("input[data-day]")) field.value = writtenDay(field.value);
  if (field.matches("input[data-amount]")) field.value = writtenAmount(field.value);
  if (field.matches("input[type=file][data-max-bytes]")) checkFiles(field);
});

// Refused before it travels; the server checks again.
function checkFiles(field) {
  const limit = Number(field.dataset.maxBytes);
  const types = (field.dataset.types ?? "").split(",").filter(Boolean);
  let text = "";
  for (const file of field.files) {
    const ending = file.name.split(".").pop().toLowerCase();
    if (file.size > limit) text = field.dataset.tooLarge;
    else if (types.length && !types.includes(ending)) text = field.dataset.wrongType;
    if (text) {
      text = text.replace("{name}", file.name);
      break;
    }
  }
  field.setCustomValidity(text);
  if (text) {
    field.reportValidity();
    field.value = "";
    field.setCustomValidity("");
  }
  showFileError(field, text);
}

function showFileError(field, text) {
  let line = field.parentElement.querySelector("[data-file-error]");
  if (!line) {
    line = document.createElement("div");
    line.className = "field-error";
    line.dataset.fileError = "";
    line.setAttribute("role", "alert");
    field.after(line);
  }
  line.textContent = text;
}

// Names while somebody types one: the field says where they are asked for.
let asking = 0;

function suggest(field) {
  clearTimeout(asking);
  const text = field.value.trim();
  if (text.length < 2) return;
  asking = setTimeout(async () => {
    const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(text)}`, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || field.value.trim() !== text) return;
    const { names } = await answer.json();
    const id = field.getAttribute("list");
    let list = document.getElementById(id);
    if (!list) {
      list = document.createElement("datalist");
      list.id = id;
      document.body.append(list);
    }
    list.replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
  }, 200);
}

document.addEventListener("input", (event) => {
  if (event.target.matches("input[data-suggest]")) suggest(event.target);
});

export function prepare(root) {
  for (const field of root.querySelectorAll("input[data-day]")) addCalendar(field);
}

prepare(document);
document.addEventListener("rows-added", (event) => prepare(event.target));
document.addEventListener("htmx:load", (event) => prepare(event.target));
