"""The files adapter: what spreadsheets write, read whole or refused row by row."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from awra_tui.records.errors import ConfigError, SourceError
from tests.sources.convert import read

INVOICE = {
    "kind": "invoice",
    "fields": {"source_id": "No", "party_id": "Customer", "date": "Date", "amount": "Total"},
}
HEAD = "No,Customer,Date,Total\n"
GOOD = "1,C1,2024-10-01,10.50\n"


def table(*records, **settings):
    return {"type": "files", "path": "in.csv", "records": list(records) or [INVOICE], **settings}


def read_text(tmp_path, text, *records, written_as="utf-8", name="in.csv", **settings):
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode(written_as))
    return read(table(*records, path=name, **settings), tmp_path)


def only_bad(found):
    records, bad, complete = found
    assert not complete
    assert len(bad) == 1
    return records, bad[0]


def test_a_row_becomes_a_record(tmp_path):
    records, bad, complete = read_text(tmp_path, HEAD + GOOD)
    (one,) = records
    assert (bad, complete) == ([], True)
    assert (one.kind, one.source_id, one.number, one.party_id) == ("invoice", "1", "1", "C1")
    assert (one.date, one.amount, one.approved) == (dt.date(2024, 10, 1), Decimal("10.50"), True)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"], ids=["utf8", "bom", "utf16", "windows"]
)
def test_every_encoding_of_a_spreadsheet_is_read(tmp_path, encoding):
    records, bad, complete = read_text(
        tmp_path, "No,Customer,Date,Total\n1,Café Söhne,2024-10-01,1\n", written_as=encoding
    )
    assert (records[0].party_id, bad, complete) == ("Café Söhne", [], True)


@pytest.mark.parametrize(
    ("data", "settings", "line"),
    [
        ((HEAD + GOOD).encode() + b"2,Caf\xe9,2024-10-01,1\n", {"encoding": "utf-8"}, 3),
        (HEAD.encode() + b"1,\x81,2024-10-01,1\n", {}, 2),
        ((HEAD + GOOD).encode("utf-16-le"), {}, 1),
    ],
    ids=["not utf-8", "not windows-1252 either", "utf-16 without a mark"],
)
def test_a_file_in_no_such_encoding_is_one_bad_row(tmp_path, data, settings, line):
    records, bad = only_bad(read_text(tmp_path, data, **settings))
    assert (records, bad.file, bad.line) == ([], "in.csv", line)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_the_columns_wanted(tmp_path, sign):
    text = (
        (HEAD + '1,"C,;|1",2024-10-01,1\n')
        .replace(",", sign, 3)
        .replace(",2024-10-01,", f"{sign}2024-10-01{sign}")
    )
    text = text.replace('1,"C', f'1{sign}"C')
    assert read_text(tmp_path, text)[0][0].party_id == "C,;|1"


def test_lines_are_counted_as_an_editor_shows_them(tmp_path):
    text = HEAD + '1,"C\n1",2024-10-01,1\n\n2,C2,2024-02-30,1\r\n3,C3,2024-10-01,1\n'
    records, bad = only_bad(read_text(tmp_path, text))
    assert [record.source_id for record in records] == ["1", "3"]
    assert records[0].party_id == "C\n1"
    assert (bad.line, bad.column, bad.value) == (5, "Date", "2024-02-30")
    assert bad.expected == "a date written year-month-day"


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("2,C2,2024-10-01,12x", "Total", "12x"),
        ("2,C2,2024-10-01,1e5", "Total", "1e5"),
        ("2,C2,2024-10-01,", "Total", ""),
        (",C2,2024-10-01,1", "No", ""),
        ("2,C2,30/02/2024,1", "Date", "30/02/2024"),
        ("2,C\0,2024-10-01,1", "Customer", "C\0"),
        ("2,C2,2024-10-01,1,9", "", "2 | C2 | 2024-10-01 | 1 | 9"),
        ("2,C2,2024-10-01", "", "2 | C2 | 2024-10-01"),
    ],
)
def test_a_bad_row_is_named_and_the_good_ones_go_on(tmp_path, row, column, value):
    records, bad = only_bad(read_text(tmp_path, f"{HEAD}{GOOD}{row}\n3,C3,2024-10-03,3\n"))
    assert [record.source_id for record in records] == ["1", "3"]
    assert (bad.line, bad.column, bad.value) == (3, column, value)
    assert bad.expected


def test_a_quote_that_never_ends_takes_the_rest_and_says_so(tmp_path):
    records, bad = only_bad(read_text(tmp_path, HEAD + GOOD + '2,"C2,2024-10-01,1\n3,C3,2024-10-01,1\n'))
    assert [record.source_id for record in records] == ["1"]
    assert bad.line == 3
    assert "lines 3 to 4 were not read" in bad.expected


def test_a_row_that_is_bad_for_two_kinds_is_told_once(tmp_path):
    payment = {**INVOICE, "kind": "payment"}
    _, bad = only_bad(read_text(tmp_path, HEAD + "1,C1,2024-10-01,x\n", INVOICE, payment))
    assert bad.column == "Total"


def test_decimal_comma_and_thousands(tmp_path):
    text = "No;Customer;Date;Total\n1;C1;01.10.2024;1.234,50\n2;C2;01.10.2024;12,5\n3;C3;01.10.2024;1.23\n"
    records, bad = only_bad(read_text(tmp_path, text, decimal=",", thousands=".", date_formats=["%d.%m.%Y"]))
    assert [record.amount for record in records] == [Decimal("1234.50"), Decimal("12.50")]
    assert (bad.line, bad.value) == (4, "1.23")


def test_one_amount_written_two_ways_is_one_record(tmp_path):
    records, bad, complete = read_text(tmp_path, HEAD + GOOD + "1,C1,2024-10-01,10.5\n")
    assert (len(records), bad, complete) == (1, [], True)


def test_a_date_that_two_formats_read_differently_is_not_guessed(tmp_path):
    text = HEAD + "1,C1,03/04/2024,1\n2,C2,25/04/2024,1\n"
    records, bad = only_bad(read_text(tmp_path, text, date_formats=["%d/%m/%Y", "%m/%d/%Y"]))
    assert [record.date for record in records] == [dt.date(2024, 4, 25)]
    assert (bad.line, bad.value) == (2, "03/04/2024")


def test_two_records_with_one_id_are_both_kept_back(tmp_path):
    records, bad, complete = read_text(tmp_path, HEAD + GOOD + "1,C1,2024-10-01,99\n2,C2,2024-10-01,1\n")
    assert [record.source_id for record in records] == ["2"]
    assert not complete
    assert [(row.line, row.column, row.value) for row in bad] == [(2, "No", "1"), (3, "No", "1")]
    assert "line 3" in bad[0].expected
    assert "line 2" in bad[1].expected


def test_conditions_choose_the_rows_of_a_kind(tmp_path):
    text = "No,Customer,Date,Total,Paid,Type\n1,C1,2024-10-01,1,,sale\n2,C2,2024-10-01,2,2024-10-05,SALE\n"
    text += "3,C3,2024-10-01,3,2024-10-06,void\n"
    sale = {**INVOICE, "when": [{"column": "Type", "equals": ["sale"]}]}
    payment = {
        "kind": "payment",
        "fields": {"source_id": "No", "party_id": "Customer", "date": "Paid", "amount": "Total"},
        "constants": {"currency": "KES", "method": "Cash"},
        "when": [{"column": "Paid", "filled": True}, {"column": "Type", "differs": ["void"]}],
        "applications": [{"fields": {"source_id": "No", "amount": "Total"}}],
    }
    records, bad, complete = read_text(tmp_path, text, sale, payment)
    assert [(record.kind, record.source_id) for record in records] == [
        ("invoice", "1"),
        ("invoice", "2"),
        ("payment", "2"),
    ]
    paid = records[-1]
    assert (paid.currency, paid.method, paid.date) == ("KES", "Cash", dt.date(2024, 10, 5))
    assert [(one.kind, one.source_id, one.amount) for one in paid.applications] == [
        ("invoice", "2", Decimal("2.00"))
    ]
    assert (bad, complete) == ([], True)


def test_source_statuses_decide_what_is_approved_and_what_is_left_out(tmp_path):
    row = "{0},C,2024-10-01,{0},{1}\n"
    text = "No,Customer,Date,Total,State\n" + row.format(1, "posted") + row.format(2, "Draft")
    text += row.format(3, "VOID")
    shape = {**INVOICE, "fields": {**INVOICE["fields"], "state": "State"}}
    records, _, _ = read_text(tmp_path, text, shape, approved=["Posted"], skipped=["Void"])
    assert [(one.source_id, one.state, one.approved) for one in records] == [
        ("1", "posted", True),
        ("2", "Draft", False),
    ]


GROUPED = {
    "kind": "invoice",
    "group_by": "No",
    "fields": {"source_id": "No", "party_id": "Customer", "date": "Date"},
    "lines": [{"fields": {"amount": "Total", "quantity": "Qty", "item_id": "Item", "tax_rate": "Rate"}}],
}
GROUP_HEAD = "No,Customer,Date,Item,Qty,Rate,Total\n"


def test_rows_with_one_number_make_one_record(tmp_path):
    text = GROUP_HEAD + "1,C1,2024-10-01,A,2,16%,10\n2,C2,2024-10-01,A,1,16,5\n1,,,B,1.5,0,7.5\n"
    records, bad, complete = read_text(tmp_path, text, GROUPED)
    first, second = records
    assert [(line.item_id, line.amount, line.quantity, line.tax_rate) for line in first.lines] == [
        ("A", Decimal("10.00"), Decimal(2), Decimal(16)),
        ("B", Decimal("7.50"), Decimal("1.5"), Decimal(0)),
    ]
    assert (first.amount, second.amount) == (Decimal("17.50"), Decimal("5.00"))
    assert (bad, complete) == ([], True)


def test_rows_of_one_record_must_agree(tmp_path):
    text = GROUP_HEAD + "1,C1,2024-10-01,A,2,16,10\n1,C9,2024-10-01,B,1,0,7\n"
    records, bad = only_bad(read_text(tmp_path, text, GROUPED))
    assert records == []
    assert (bad.line, bad.column, bad.value) == (3, "Customer", "C9")
    assert "C1, as in line 2" in bad.expected


def test_a_row_lost_among_the_rows_of_a_record_keeps_that_record_back(tmp_path):
    text = GROUP_HEAD + "1,C1,2024-10-01,A,2,16,10\n1,C1,2024-10-01,A,2\n2,C2,2024-10-01,A,2,16,10\n"
    text += "3,C3,2024-10-01,A,2,16,10\n"
    records, bad, _ = read_text(tmp_path, text, GROUPED)
    assert [record.source_id for record in records] == ["3"]
    assert [row.line for row in bad] == [3, 2, 4]


def test_json_with_nested_names_and_lists(tmp_path):
    content = {
        "data": {
            "sales": [
                {
                    "id": 7,
                    "buyer": {"code": "C1", "mail": "a@b.example"},
                    "on": "2024-10-01T09:30:00Z",
                    "total": 0.3,
                    "rows": [{"sku": "A", "sum": 0.1}, {"sku": "B", "sum": 0.2}],
                },
                {"id": 8, "buyer": {"code": "C2"}, "on": None, "total": 1, "rows": None},
                "not an object",
            ]
        }
    }
    shape = {
        "kind": "invoice",
        "fields": {
            "source_id": "id",
            "party_id": "buyer.code",
            "contact.email": "buyer.mail",
            "date": "on",
            "amount": "total",
        },
        "lines": [{"each": "rows", "fields": {"amount": "sum", "item_id": "sku"}}],
    }
    records, bad, complete = read_text(
        tmp_path, json.dumps(content), shape, name="in.json", records_path="data.sales"
    )
    (one,) = records
    assert (one.source_id, one.party_id, one.contact.email) == ("7", "C1", "a@b.example")
    assert (one.amount, [line.amount for line in one.lines]) == (
        Decimal("0.30"),
        [Decimal("0.10"), Decimal("0.20")],
    )
    assert sorted((row.line, row.column) for row in bad) == [(1, "on"), (2, "")]
    assert not complete


def test_a_long_json_number_stays_exact(tmp_path):
    text = (
        '[{"No": 12345678901234567890123, "Customer": 4, "Date": "2024-10-01", "Total": 90071992547409.93}]'
    )
    (one,), bad, _ = read_text(tmp_path, text, name="in.json")
    assert (one.source_id, one.amount, bad) == ("12345678901234567890123", Decimal("90071992547409.93"), [])


def test_json_that_is_cut_off_is_one_bad_row(tmp_path):
    records, bad = only_bad(read_text(tmp_path, '[{"No": 1,', name="in.json"))
    assert (records, bad.line) == ([], 0)


def test_ndjson_names_the_line(tmp_path):
    good = {"No": "1", "Customer": "C1", "Date": "2024-10-01", "Total": "5"}
    text = json.dumps(good) + "\n{oops\n\n" + json.dumps({**good, "No": "2", "Total": [1]}) + "\n"
    records, bad, complete = read_text(tmp_path, text, name="in.ndjson")
    assert [record.source_id for record in records] == ["1"]
    assert [(row.line, row.column) for row in bad] == [(2, ""), (4, "Total")]
    assert not complete


def test_a_folder_is_read_file_by_file(tmp_path):
    (tmp_path / "invoices-1.csv").write_text(HEAD + GOOD, encoding="utf-8")
    (tmp_path / "invoices-2.csv").write_text(HEAD + "2,C2,2024-10-02,2\n", encoding="utf-8")
    (tmp_path / "customers.csv").write_text("Code,Name\nC1,Café\n", encoding="utf-8")
    (tmp_path / "~$invoices-1.csv").write_text("locked", encoding="utf-8")
    customer = {"kind": "customer", "files": "cust*", "fields": {"source_id": "Code", "party_name": "Name"}}
    records, bad, complete = read(table({**INVOICE, "files": "inv*.csv"}, customer, path="."), tmp_path)
    assert [(record.kind, record.source_id) for record in records] == [
        ("customer", "C1"),
        ("invoice", "1"),
        ("invoice", "2"),
    ]
    assert (bad, complete) == ([], True)


def test_a_file_that_is_not_there_makes_the_reading_incomplete(tmp_path):
    (tmp_path / "invoices.csv").write_text(HEAD + GOOD, encoding="utf-8")
    customer = {"kind": "customer", "files": "cust*", "fields": {"source_id": "Code", "party_name": "Name"}}
    records, bad = only_bad(read(table({**INVOICE, "files": "inv*"}, customer, path="."), tmp_path))
    assert (len(records), bad.file) == (1, "cust*")


def test_a_folder_or_file_that_is_not_there_cannot_be_read(tmp_path):
    with pytest.raises(SourceError, match="There is no file or folder"):
        read(table(path="nowhere.csv"), tmp_path)
    with pytest.raises(SourceError, match="has no file that fits"):
        read(table(path="."), tmp_path)


def test_an_empty_file_has_no_header(tmp_path):
    records, bad = only_bad(read_text(tmp_path, ""))
    assert (records, bad.line) == ([], 1)


def test_kinds_limit_what_is_yielded(tmp_path):
    (tmp_path / "in.csv").write_text(HEAD + GOOD, encoding="utf-8")
    payment = {**INVOICE, "kind": "payment"}
    records, _, _ = read(table(INVOICE, payment), tmp_path, kinds=("payment",))
    assert [record.kind for record in records] == ["payment"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"fields": {**INVOICE["fields"], "amount": "Totl"}}, "Did you mean 'Total'"),
        ({"fields": {**INVOICE["fields"], "amout": "Total"}}, "Did you mean 'amount'"),
        ({"kind": "invoce"}, "kinds are customer, vendor"),
        ({"fields": {"source_id": "No"}}, "gives date and party_id and amount"),
        ({"constants": {"due_date": "soon"}}, "but must be a date"),
        ({"constants": {"tax_mode": "gross"}}, "exclusive or inclusive"),
        ({"constants": {"amount": "1"}}, "a column and a constant"),
        ({"when": [{"column": "No"}]}, "exactly one of"),
    ],
)
def test_a_profile_that_cannot_be_right_is_refused(tmp_path, changes, words):
    (tmp_path / "in.csv").write_text(HEAD + GOOD, encoding="utf-8")
    with pytest.raises(ConfigError, match=words):
        read(table({**INVOICE, **changes}), tmp_path)


@pytest.mark.parametrize(
    "settings",
    [{"date_formats": ["%m/%Y"]}, {"decimal": ",", "thousands": ","}, {"files": "../*"}, {"files": "/etc/*"}],
)
def test_formats_that_cannot_be_right_are_refused(tmp_path, settings):
    with pytest.raises(ConfigError):
        read(table(**settings), tmp_path)


def test_a_list_or_name_inside_it_that_no_record_has_is_refused(tmp_path):
    record = {"No": "1", "Customer": "C", "Date": "2024-10-01", "Total": 1, "rows": [{"sum": 1}]}
    for each, column, words in (
        ("rwos", "sum", "Did you mean 'rows'"),
        ("rows", "smu", "Did you mean 'sum'"),
    ):
        shape = {**INVOICE, "lines": [{"each": each, "fields": {"amount": column}}]}
        with pytest.raises(ConfigError, match=words):
            read_text(tmp_path, json.dumps([record]), shape, name="in.json")


def test_a_condition_on_a_damaged_cell_does_not_hold_by_chance(tmp_path):
    text = "No,Customer,Date,Total,Type\n1,C1,2024-10-01,1,sale\0\n2,C2,2024-10-01,2,sale\n"
    shape = {**INVOICE, "when": [{"column": "Type", "equals": ["sale"]}]}
    records, bad = only_bad(read_text(tmp_path, text, shape))
    assert ([one.source_id for one in records], bad.line, bad.column) == (["2"], 2, "Type")


def test_json_nested_too_deep_is_one_bad_row(tmp_path):
    records, bad = only_bad(read_text(tmp_path, "[" * 100_000, name="in.json"))
    assert (records, bad.file) == ([], "in.json")


def test_an_amount_too_long_to_be_exact_is_refused(tmp_path):
    records, bad = only_bad(read_text(tmp_path, HEAD + f"1,C1,2024-10-01,{'9' * 30}\n"))
    assert (records, bad.column) == ([], "Total")


def test_a_column_that_stands_twice_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="2 times"):
        read_text(tmp_path, "No,Customer,Date,Total,Total\n1,C,2024-10-01,1,2\n")
