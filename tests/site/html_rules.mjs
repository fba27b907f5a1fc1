// The rules of HTML for the built pages: html-validate's recommended ones, and why some are off.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Style without effect, as Sphinx and docutils write it: `<meta ... />`, `defer="defer"`.
    "void-style": "off",
    "attribute-boolean-style": "off",
    // HTML lets an id begin with a digit, and a numbered heading's does.
    "valid-id": ["error", { relaxed: true }],
    // Sphinx's search takes what it shows of a page from the element with the role "main".
    "no-redundant-role": "off",
    // A field for searching is sent with the Enter key, which the keyboards of phones show.
    "wcag/h32": "off",
    // Search engines cut where they like; a page's own name comes first, the book's last.
    "long-title": ["error", { maxlength: 90 }],
    // Pictures drawn in the page take their colours from it, and some blocks carry a number.
    "no-inline-style": "off",
  },
};
