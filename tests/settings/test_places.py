from awra_tui.settings.places import line_of

TEXT = '''\
title = "x"
note = """
[a]
b = 1
"""
[a]
"b" = 1
c.d = { e = 1 }
[[list]]
x = 1
[list.sub]
y = 1
[[list]]
[list.sub]
y = 2
[[list.inner]]
z = 1
[[list.inner]]
z = 2
'''


def test_keys_are_found_in_tables_and_arrays():
    assert line_of(TEXT, ("title",)) == 1
    assert line_of(TEXT, ("a",)) == 6
    assert line_of(TEXT, ("a", "b")) == 7
    assert line_of(TEXT, ("a", "c", "d", "e")) == 8
    assert line_of(TEXT, ("list", 0, "x")) == 10
    assert line_of(TEXT, ("list", 0, "sub", "y")) == 12
    assert line_of(TEXT, ("list", 1)) == 13
    assert line_of(TEXT, ("list", 1, "sub", "y")) == 15
    assert line_of(TEXT, ("list", 1, "inner", 1, "z")) == 19


def test_a_missing_key_is_the_table_around_it_or_nowhere():
    assert line_of(TEXT, ("a", "missing")) == 6
    assert line_of(TEXT, ("nowhere",)) == 0
