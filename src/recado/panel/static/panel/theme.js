// Settles light or dark before the page is drawn: as the person signed in chose it, which the page says; for strangers as this browser saw it last.
// Everything else lives in app.js.
{
  const root = document.documentElement;
  try {
    if (root.hasAttribute("data-density")) localStorage.setItem("theme", root.dataset.theme ?? "");
    else if (localStorage.getItem("theme")) root.dataset.theme = localStorage.getItem("theme");
  } catch { /* storage is off */ }
}
