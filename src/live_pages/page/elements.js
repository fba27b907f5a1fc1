// @ts-check

/**
 * A new element.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean | number>} [attributes] Those that are `false` are left
 *   out; `text` is its text.
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") made.textContent = String(value);
    else if (value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
}

/**
 * A button.
 *
 * @param {string} label
 * @param {() => void} onPress
 * @param {Record<string, string | boolean>} [attributes]
 */
export function button(label, onPress, attributes = {}) {
  const made = element("button", { type: "button", class: "live-button", ...attributes });
  made.textContent = label;
  made.addEventListener("click", onPress);
  return made;
}
