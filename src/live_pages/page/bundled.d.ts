/** Changes with the scripts and with Pyodide; the folder that they are in is named by it. */
declare const LIVE_BUILD: string;
/** What is in that folder, by paths from there on. */
declare const LIVE_FILES: string[];
