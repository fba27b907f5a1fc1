// @ts-check
/** The editor: CodeMirror for Python, in the page's colours. */

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { HighlightStyle, bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--live-keyword)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--live-string)" },
  { tag: tags.comment, color: "var(--tested-quiet)", fontStyle: "italic" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--live-number)" },
  { tag: [tags.function(tags.variableName), tags.className], color: "var(--tested-data)" },
]);

const LOOK = EditorView.theme({
  "&": { color: "var(--tested-ink)", backgroundColor: "var(--tested-paper)" },
  ".cm-content": { fontFamily: "var(--tested-mono)", caretColor: "var(--tested-ink)" },
  ".cm-cursor": { borderLeftColor: "var(--tested-ink)" },
  "&.cm-focused": { outline: "2px solid var(--tested-data)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--tested-data-soft) !important",
  },
  ".cm-matchingBracket": { outline: "1px solid var(--tested-quiet)" },
});

/** @typedef {ReturnType<typeof openEditor>} Editor */

/**
 * Opens an editor.
 *
 * @param {HTMLElement} place
 * @param {string} text
 * @param {object} options
 * @param {string} [options.label] What it holds, for those who do not see it.
 * @param {() => void} options.onRun Called for Ctrl-Enter.
 * @param {(text: string) => void} [options.onChange] Called with what it holds now.
 */
export function openEditor(place, text, { label = "Code", onRun, onChange = () => {} }) {
  const run = () => {
    onRun();
    return true;
  };
  const view = new EditorView({
    parent: place,
    state: EditorState.create({
      doc: text,
      extensions: [
        keymap.of([{ key: "Mod-Enter", run }, { key: "Ctrl-Enter", run, stopPropagation: true }]),
        // Tab indents; Escape and then Tab leaves, as CodeMirror has it.
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        indentUnit.of("    "),
        python(),
        syntaxHighlighting(COLOURS),
        LOOK,
        EditorView.contentAttributes.of({
          "aria-label": `${label}. Tab indents; press Escape and then Tab to leave.`,
        }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) onChange(state.doc.toString());
        }),
      ],
    }),
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    /** @param {string} changed What it is to hold. */
    replace: (changed) => {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: changed } });
    },
    focus: () => view.focus(),
    close: () => view.destroy(),
  };
}
