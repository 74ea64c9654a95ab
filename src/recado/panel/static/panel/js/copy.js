// Buttons that copy a text: `data-copy` is the text, `data-copied` what the button says then. They show where copying works at all.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.lastChild.textContent = button.dataset.copied;
  });
}
