// The search: finds a phrase as it is written, else all its words, and says in which section.
"use strict";

/**
 * A part of a page as the index has it: anchor, title, text, what it is, and what it explains.
 * @typedef {[anchor: string, title: string, text: string, kind: Kind, names: string[]]} Part
 * @typedef {"text" | "exercise" | "name"} Kind
 * @typedef {[address: string, page: string, weight: number, parts: Part[]][]} Index
 *
 * What one searches in. "Plain" texts are compared, the others are shown.
 * @typedef {object} Section
 * @property {string} address - below the site, with the section's anchor
 * @property {string} page - the page's title
 * @property {number} weight - how much the page counts among others
 * @property {string} title
 * @property {string} text
 * @property {Kind} kind
 * @property {string[]} names - plain: what it explains
 * @property {string} plainTitle
 * @property {string} plainText
 * @property {string} plainPage
 * @property {string} all - plain: all text of the page
 * @property {boolean} isTop - whether it is the page's beginning
 *
 * In which way a section fits, and how well.
 * @typedef {"phrase" | "all" | "page" | "some" | "none"} How
 * @typedef {{ how: How, score: number }} Fit
 */

(() => {
  const SHOWN = 30;
  const ON_ONE_PAGE = 3;
  const AROUND = 90; // letters of the text that are shown before what was found, and twice behind
  const LETTER = /[\p{L}\p{N}_]/u;
  // An exercise asks for more than it explains; of other names of a page the page itself tells more.
  /** @type {Record<Kind, number>} */
  const WEIGHTS = { text: 1, exercise: 0.5, name: 0.5 };
  const COMMON = new Set("a an and are can do does for how i in is it my of on or the to what when why with".split(" "));

  const form = /** @type {HTMLFormElement} */ (document.querySelector("form.light-search"));
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const progress = /** @type {HTMLElement} */ (document.getElementById("search-progress"));
  const results = /** @type {HTMLElement} */ (document.getElementById("search-results"));
  const home = document.documentElement.dataset.content_root ?? "./";

  /**
   * Sections with what one searches in; null until the index is here.
   * @type {Section[] | null}
   */
  let sections = null;

  /**
   * A text in the form in which texts are compared; it stays as long as it was.
   * @param {string} text
   */
  function plain(text) {
    const lower = text.toLowerCase();
    return (lower.length === text.length ? lower : text).replace(/[’‘]/g, "'").replace(/[“”]/g, '"');
  }

  /**
   * @param {Index} index
   * @returns {Section[]}
   */
  function prepare(index) {
    return index.flatMap(([address, page, weight, parts]) => {
      const all = plain(`${page} ${parts.map(([, title, text]) => `${title} ${text}`).join(" ")}`);
      return parts.map(([anchor, title, text, kind, names]) => ({
        address: anchor ? `${address}#${anchor}` : address,
        page,
        weight,
        title,
        text,
        kind,
        names: names.map(plain),
        plainTitle: plain(title),
        plainText: plain(text),
        plainPage: plain(page),
        all,
        isTop: !anchor && kind === "text",
      }));
    });
  }

  /**
   * How often a text holds a phrase: as whole words, and in any way.
   * @param {string} text
   * @param {string} phrase
   */
  function count(text, phrase) {
    let whole = 0;
    let any = 0;
    for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + phrase.length)) {
      any += 1;
      if (isWhole(text, at, phrase)) whole += 1;
    }
    return { whole, any };
  }

  /**
   * @param {string} text
   * @param {number} at
   * @param {string} phrase
   */
  function isWhole(text, at, phrase) {
    const before = LETTER.test(phrase.charAt(0)) && LETTER.test(text.charAt(at - 1));
    const after = LETTER.test(phrase.slice(-1)) && LETTER.test(text.charAt(at + phrase.length));
    return !before && !after;
  }

  /**
   * How well a phrase fits a section; 0 if the section does not have it.
   * @param {Section} section
   * @param {string} phrase
   */
  function phraseScore(section, phrase) {
    let score = 0;
    const title = section.plainTitle;
    const inTitle = count(title, phrase);
    if (title === phrase) score += 160;
    else if (inTitle.whole) score += 60 + (title.startsWith(phrase) ? 10 : 0);
    else if (inTitle.any) score += 30;
    const inText = count(section.plainText, phrase);
    const often = inText.whole + inText.any / 4;
    if (!often) return score;
    // How often, and how much of the section it is.
    score += 20 + 6 * Math.min(5, Math.log2(1 + often));
    score += 30 * Math.min(1, (often * phrase.length) / (section.text.length + 400));
    // The section explains it, and the fewer other things, the more.
    if (section.names.some((name) => name === phrase || name.endsWith(`.${phrase}`))) {
      score += 60 / Math.sqrt(section.names.length);
    }
    // A whole message was asked for, of which the title is a part.
    if (title.length > 8 && phrase.length > title.length && phrase.includes(title)) score += 60;
    return score;
  }

  /**
   * The sections that fit best, and in which way.
   * @param {Section[]} searched
   * @param {string} query
   * @returns {{ found: ({ section: Section } & Fit)[], how: How, phrase: string, words: string[] }}
   */
  function rank(searched, query) {
    const phrase = plain(query).trim().replace(/\s+/g, " ").replace(/^"(.+)"$/, "$1").replace(/(?<=\w)\(\)$/, "");
    if (!phrase) return { found: [], how: "all", phrase, words: [] };
    const all = [...new Set(phrase.split(" "))];
    const telling = all.filter((word) => !COMMON.has(word));
    const words = telling.length ? telling : all;
    const scored = searched.map((section) => ({ section, ...scoreOf(section, phrase, words) }));
    /** @type {How[]} */
    const ways = ["phrase", "page", "some"];
    for (const how of ways) {
      const found = scored.filter((one) => one.how === how || (how === "phrase" && one.how === "all"));
      if (found.length) {
        return { found: found.sort((one, other) => other.score - one.score), how, phrase, words };
      }
    }
    return { found: [], how: "none", phrase, words };
  }

  /**
   * @param {Section} section
   * @param {string} phrase
   * @param {string[]} words
   * @returns {Fit}
   */
  function scoreOf(section, phrase, words) {
    const ofPage = 15 * words.filter((word) => count(section.plainPage, word).whole).length;
    const whole = phraseScore(section, phrase);
    // What begins like the name of an exercise or a slide asks for it.
    const weight = section.weight * (section.plainTitle.startsWith(phrase) ? 1 : WEIGHTS[section.kind]);
    if (whole) return { how: "phrase", score: (100 + whole + ofPage) * weight };
    if (words.length === 1 && words[0] === phrase) return { how: "none", score: 0 };
    const scores = words.map((word) => phraseScore(section, word));
    const sum = scores.reduce((total, one) => total + one, 0) / words.length;
    if (!sum) return { how: "none", score: 0 };
    if (scores.every(Boolean)) return { how: "all", score: (sum + ofPage) * weight };
    if (words.every((word) => section.all.includes(word))) return { how: "page", score: sum * weight };
    return { how: "some", score: (scores.filter(Boolean).length * 100 + sum) * weight };
  }

  /**
   * The text around what was found, with that marked.
   * @param {Section} section
   * @param {string} phrase
   * @param {string[]} words
   */
  function excerpt(section, phrase, words) {
    const text = section.plainText;
    let at = text.indexOf(phrase);
    let marked = [phrase];
    if (at < 0) {
      marked = words;
      at = Math.min(...words.map((word) => text.indexOf(word)).filter((one) => one >= 0));
    }
    if (!Number.isFinite(at)) at = 0;
    const from = at > AROUND ? text.indexOf(" ", at - AROUND) + 1 : 0;
    const upTo = text.length > at + 2 * AROUND ? text.lastIndexOf(" ", at + 2 * AROUND) : text.length;
    const line = document.createElement("p");
    line.className = "search-excerpt";
    if (from) line.append("… ");
    let rest = Math.min(from, at);
    const end = Math.max(upTo, at + (marked.length === 1 ? phrase.length : 0));
    while (rest < end) {
      const next = marked
        .map((word) => ({ word, at: text.indexOf(word, rest) }))
        .filter((one) => one.at >= 0 && one.at < end)
        .sort((one, other) => one.at - other.at || other.word.length - one.word.length)[0];
      line.append(section.text.slice(rest, next ? next.at : end));
      if (!next) break;
      const mark = document.createElement("mark");
      rest = next.at + next.word.length;
      mark.append(section.text.slice(next.at, rest));
      line.append(mark);
    }
    if (end < text.length) line.append(" …");
    return line;
  }

  /**
   * @param {Section} section
   * @param {string} phrase
   * @param {string[]} words
   */
  function item(section, phrase, words) {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = home + section.address;
    link.append(section.kind === "name" || !section.isTop ? section.title : section.page);
    const where = document.createElement("span");
    where.className = "search-page";
    if (!section.isTop) where.append(section.page);
    entry.append(link, " ", where);
    if (section.kind === "name") where.prepend(`${section.text}, now on `);
    else if (section.text) entry.append(excerpt(section, phrase, words));
    return entry;
  }

  /** @type {Partial<Record<How, string>>} */
  const HOW = {
    phrase: "",
    page: "No section has all of these words, but pages have them: ",
    some: "No page has all of these words. Some of them: ",
  };

  function show() {
    const query = field.value;
    results.replaceChildren();
    if (!query.trim()) {
      progress.textContent = "";
      return;
    }
    if (!sections) {
      progress.textContent = "Fetching the text of all pages …";
      return;
    }
    const { found, how, phrase, words } = rank(sections, query);
    const ofPage = new Map();
    const shown = found.filter(({ section }) => {
      const before = ofPage.get(section.page) ?? 0;
      ofPage.set(section.page, before + 1);
      return before < ON_ONE_PAGE;
    });
    const list = document.createElement("ol");
    list.className = "search";
    list.append(...shown.slice(0, SHOWN).map(({ section }) => item(section, phrase, words)));
    results.append(list);
    progress.textContent = found.length
      ? `${HOW[how] ?? ""}${number(found.length, "section")} on ${number(ofPage.size, "page")}`
      : "Nothing was found. An error message is best looked for without the parts that are yours: names, addresses, numbers of ports.";
  }

  /**
   * @param {number} many
   * @param {string} what
   */
  function number(many, what) {
    return `${many} ${what}${many === 1 ? "" : "s"}`;
  }

  let asked = false;
  function load() {
    if (asked) return;
    asked = true;
    const script = document.createElement("script");
    script.src = `${home}search_sections.js`;
    script.addEventListener("load", () => {
      const loaded = /** @type {{ searchIndex?: Index }} */ (globalThis);
      sections = prepare(loaded.searchIndex ?? []);
      delete loaded.searchIndex;
      show();
    });
    script.addEventListener("error", () => {
      progress.textContent = "The text of the pages could not be fetched; is the network down? Reload this page to try again.";
      asked = false;
    });
    document.head.append(script);
  }

  field.addEventListener("input", () => {
    load();
    show();
    const address = new URL(location.href);
    address.searchParams.set("q", field.value);
    history.replaceState(null, "", address);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    results.querySelector("a")?.focus();
  });
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) {
    load();
    show();
  } else field.focus();
})();
