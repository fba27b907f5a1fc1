"""The modules of a library that does not work: `import library` shows no fault yet."""
