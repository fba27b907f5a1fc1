"""Edits of Python source that leave every other line where it was, as tracebacks show lines."""

import ast


def with_first_statement(source, statement):
    """The source with a simple statement before all others, docstring and futures excepted.

    It gets no line of its own unless the first statement of the source is a block.
    """
    body = ast.parse(source).body
    lines = source.splitlines(keepends=True)
    position = next((index for index, node in enumerate(body) if not _comes_first(node)), len(body))
    if position:
        node = body[position - 1]
        line = lines[node.end_lineno - 1]
        column = _column(line, node.end_col_offset)
        lines[node.end_lineno - 1] = f"{line[:column]}; {statement}{line[column:]}"
    elif body:
        node = body[0]
        first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])
        end = "\n" if hasattr(node, "body") or hasattr(node, "cases") else "; "
        lines[first - 1] = f"{statement}{end}{lines[first - 1]}"
    else:
        lines.append(f"{statement}\n")
    return "".join(lines)


def with_replaced(source, nodes, new):
    """The source with the text of nodes, none of them within another, replaced by `new`.

    As many lines follow as the node had, so that what stands behind it stays where it was.
    """
    lines = source.splitlines(keepends=True)
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset), reverse=True):
        first, last = lines[node.lineno - 1], lines[node.end_lineno - 1]
        before = first[: _column(first, node.col_offset)]
        after = last[_column(last, node.end_col_offset) :]
        filling = ["\n"] * (node.end_lineno - node.lineno)
        lines[node.lineno - 1 : node.end_lineno] = [f"{before}{new}{after}", *filling]
    return "".join(lines)


def calls(source, names):
    """The calls of functions and methods of these names, the outermost ones only."""
    found = []

    def visit(node):
        if isinstance(node, ast.Call) and _name(node.func) in names:
            found.append(node)
            return
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(source))
    return found


def is_docstring(node):
    """Whether a statement is a string and nothing else."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _comes_first(node):
    is_future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
    return is_docstring(node) or is_future


def _column(line, offset):
    """The index in a line of what Python's parser counts in bytes of UTF-8."""
    return len(line.encode()[:offset].decode())


def _name(function):
    return getattr(function, "attr", getattr(function, "id", ""))
