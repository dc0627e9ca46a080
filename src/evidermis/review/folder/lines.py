"""Where each key of a TOML text stands, so that every fault can name its line.

`tomllib` gives values without places; tree-sitter's TOML grammar gives places. Both read the same text.
"""

import tomllib
from collections.abc import Iterator

import tree_sitter
import tree_sitter_toml

__all__ = ["Lines", "Path"]

# A path of keys and list indices from the top of a file: ("findings", 2, "p").
Path = tuple[str | int, ...]

_PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_toml.language()))
_KEYS = ("bare_key", "quoted_key", "dotted_key")


class Lines:
    """The line (from 1) of every key, table and list item of one TOML text."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        for node in _PARSER.parse(text.encode()).root_node.named_children:
            if node.type == "pair":
                self._pair(node, ())
            elif node.type in ("table", "table_array_element"):
                self._table(node)

    def __call__(self, path: Path) -> int:
        """The line of a path, or of its nearest written parent; 1 where nothing of it is written."""
        for end in range(len(path), 0, -1):
            if path[:end] in self._lines:
                return self._lines[path[:end]]
        return 1

    def _table(self, node: tree_sitter.Node) -> None:
        header, *pairs = node.named_children
        keys = list(_keys(header))
        path: Path = ()
        for key in keys[:-1]:
            path = (*path, key)
            if path in self._counts:
                path = (*path, self._counts[path])
        path = (*path, keys[-1])
        if node.type == "table_array_element":
            self._lines.setdefault(path, _line(node))
            self._counts[path] = self._counts.get(path, -1) + 1
            path = (*path, self._counts[path])
        self._lines[path] = _line(node)
        for pair in pairs:
            if pair.type == "pair":
                self._pair(pair, path)

    def _pair(self, node: tree_sitter.Node, above: Path) -> None:
        key, value = node.named_children[0], node.named_children[-1]
        path: Path = (*above, *_keys(key))
        self._lines[path] = _line(node)
        self._value(value, path)

    def _value(self, node: tree_sitter.Node, path: Path) -> None:
        if node.type == "inline_table":
            for pair in node.named_children:
                if pair.type == "pair":
                    self._pair(pair, path)
        elif node.type == "array":
            items = [child for child in node.named_children if child.type != "comment"]
            for index, item in enumerate(items):
                self._lines[(*path, index)] = _line(item)
                self._value(item, (*path, index))


def _line(node: tree_sitter.Node) -> int:
    return node.start_point.row + 1


def _keys(node: tree_sitter.Node) -> Iterator[str]:
    """The parts of a key, unquoted the way TOML unquotes them."""
    if node.type == "dotted_key":
        for child in node.named_children:
            yield from _keys(child)
    elif node.type in _KEYS:
        text = (node.text or b"").decode()
        yield text if node.type == "bare_key" else next(iter(tomllib.loads(f"{text} = 0")))
