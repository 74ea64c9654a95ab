// Buttons that copy a text: `data-copy` is the text, `data-copied` what the button says then. They show where copying works at all,
// also those that come later, with news of the page.
const show = () => {
  for (const button of document.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
};
if (navigator.clipboard) {
  show();
  new MutationObserver(show).observe(document.querySelector("main"), { subtree: true, childList: true, attributeFilter: ["hidden"] });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    button.lastChild.textContent = button.dataset.copied;
  });
}
