(function () {
  var banner = document.getElementById("stale");
  if (!banner) return;
  var day = 86400000, due = Date.parse(banner.dataset.due), lapses = Number(banner.dataset.lapses);
  var late = Math.floor((Date.now() - due) / day);
  if (isNaN(late)) return;
  banner.classList.toggle("late", late > 0);
  var words = late > 0
    ? "This page is out of date: its search was due on " + banner.dataset.due + ", " + late + (late === 1 ? " day" : " days") + " ago. Newer studies may change the answer."
    : "Up to date: the next search is due on " + banner.dataset.due + ".";
  banner.querySelector("span").textContent = words;
  if (late >= lapses) {
    document.querySelectorAll("[data-living]").forEach(function (one) { one.textContent = one.dataset.living; });
    document.title = document.title.replace(/\bliving\b/i, "lapsed");
  }
  document.querySelectorAll("[data-turn]").forEach(function (one) {
    one.textContent = Date.now() >= Date.parse(one.dataset.turn) + day ? "overdue" : "";
  });
})();
