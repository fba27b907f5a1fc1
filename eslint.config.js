// @ts-check
import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["build/**", "dist/**", ".nox/**"] },
  {
    files: [
      "*.js",
      "src/live_pages/**/*.js",
      "docs/_extensions/slides/*.js",
      "docs/_extensions/**/static/*.js",
      "tests/live_pages/**/*.js",
      "tests/docs/slides/*.js",
      "benchmarks/*.js",
    ],
    ...js.configs.recommended,
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: globals.es2024 },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      ...js.configs.recommended.rules,
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "no-shadow": "error",
      "no-undef": "off", // tsc does it, and knows what a worker has that a page has not
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
];
