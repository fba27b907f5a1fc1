"""Write an element of a web page.

Use it with `from tag import tag`.
"""


def tag(name: str, text: str, /, **attributes: str) -> str:
    """Return the text between two tags, with the attributes in the first one."""
    first = name
    for attribute, value in attributes.items():
        first += f' {attribute}="{value}"'
    return f"<{first}>{text}</{name}>"
