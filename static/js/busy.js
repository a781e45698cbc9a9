// A form that takes a while says so, and is sent once.
for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button")) button.disabled = true;
    form.querySelector(".busy")?.removeAttribute("hidden");
  });
}
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
