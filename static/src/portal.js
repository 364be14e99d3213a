// What makes the portal quicker; every page works without it.

document.querySelector("[data-focus]")?.focus();

// Esc closes the open menu and gives the focus back to the button that opened it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu-floating][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// The browser prints; without scripts its own key does, and the button stays hidden.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// A live filter is sent as soon as a choice is made, and while words are typed, at each pause.
const PAUSE = 350;
let pause;

const liveForm = (element) => (element.form?.matches("[data-live]") ? element.form : null);

document.addEventListener("change", (event) => {
  if (event.target.type !== "search") liveForm(event.target)?.requestSubmit();
});

document.addEventListener("input", (event) => {
  const form = event.target.type === "search" && liveForm(event.target);
  if (!form) return;
  clearTimeout(pause);
  pause = setTimeout(() => form.requestSubmit(), PAUSE);
});

document.addEventListener("submit", () => clearTimeout(pause));

// A part of the page that cannot be fetched is asked for as a whole page, which says why.
document.addEventListener("htmx:responseError", ({ detail }) => {
  if (detail.requestConfig.verb === "get") location.assign(detail.pathInfo.finalRequestPath);
});
