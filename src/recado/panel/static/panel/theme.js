// Applies the chosen theme before the page is drawn. Everything else lives in app.js.
try { const theme = localStorage.getItem("theme"); if (theme) document.documentElement.dataset.theme = theme; } catch { /* storage is off */ }
