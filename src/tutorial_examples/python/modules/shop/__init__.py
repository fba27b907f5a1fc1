"""The modules of a small shop: `import shop` brings none of them in."""
