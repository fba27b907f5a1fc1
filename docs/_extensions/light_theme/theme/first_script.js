// Stands in the head of each page: before the first drawing, or a dark page would flash. There may
// be no storage.
{
  let mode;
  try { mode = localStorage.getItem("mode") } catch {}
  const data = document.documentElement.dataset;
  data.mode = mode ||= "auto";
  data.theme = mode != "auto" ? mode : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
