"""Every key of a TOML text is found on its line."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidermis.review.folder.lines import Lines

TEXT = """\
a = 1
"b.c".d = 2

[x.y]
q = [
  1,  # a comment
  { z = 3, w = "s" },
]

[[fs]]
id = "one"
n.value = 3

[[fs.vals]]
k = 1

[[fs]]
id = "two"
text = '''
[[not.a.table]]
k = 1
'''
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a",), 1),
        (("b.c", "d"), 2),
        (("x", "y"), 4),
        (("x", "y", "q"), 5),
        (("x", "y", "q", 1, "w"), 7),
        (("fs",), 10),
        (("fs", 0), 10),
        (("fs", 0, "n", "value"), 12),
        (("fs", 0, "vals", 0, "k"), 15),
        (("fs", 1, "id"), 18),
        (("fs", 1, "missing"), 17),
        (("nowhere",), 1),
    ],
)
def test_a_key_is_found_on_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert Lines(TEXT)(path) == line


keys = st.from_regex(r"[a-z]{1,5}", fullmatch=True)


@given(st.lists(keys, min_size=1, max_size=8, unique=True), st.integers(0, 5))
def test_a_key_is_found_wherever_it_is_written(names: list[str], blank: int) -> None:
    text = "\n".join(["# a comment"] * blank + [f'{name} = "{name}"' for name in names])
    assert tomllib.loads(text)
    lines = Lines(text)
    assert [lines((name,)) for name in names] == [blank + 1 + i for i in range(len(names))]


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    assert Lines(text)(("a",)) >= 1
