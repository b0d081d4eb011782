"""The query language: text to a Query, or the error that QuickBooks gives."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from awra_tui.simulator import faults

_T = TypeVar("_T")

MAX_RESULTS = 1000
DEFAULT_RESULTS = 100

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:\\.|[^'\\])*')
        |(?P<number>-?\d+(?:\.\d+)?(?![\w.:-]))
        |(?P<word>[A-Za-z_][\w.]*)
        |(?P<sign><=|>=|!=|<>|[=<>(),*]))""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(.)")
_OPERATORS = {"=", "<", ">", "<=", ">=", "!="}


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison: a field, an operator in capitals, and the values beside it as text."""

    field: str
    operator: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query; no fields means all of them. Positions count from one."""

    entity: str
    fields: tuple[str, ...] = ()
    count: bool = False
    conditions: tuple[Condition, ...] = ()
    order: tuple[tuple[str, bool], ...] = ()
    start: int = 1
    limit: int = DEFAULT_RESULTS


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int

    @property
    def word(self) -> str:
        return self.text.upper() if self.kind in {"word", "sign"} else ""


def parse(text: str) -> Query:
    """Read a query. Raises a Fault: 4000 for its grammar, 4001 for values that cannot be."""
    if not text.strip():
        raise faults.fault(
            "4000", "Error parsing query", "\nQueryParserError: The query provided was empty", None
        )
    return _Parser(_tokens(text)).query()


def invalid(detail: str) -> faults.FaultError:
    """4001: the query is well formed but asks for something that is not there."""
    return faults.fault("4001", "Invalid query", f"QueryValidationError: {detail}", None)


def _tokens(text: str) -> list[_Token]:
    found, position = [], 0
    text = text.rstrip().removesuffix(";").rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise _lexical(text, position)
        kind = match.lastgroup
        found.append(_Token(kind, match[kind], match.start(kind) + 1))
        position = match.end()
    return found


def _lexical(text: str, position: int) -> faults.FaultError:
    rest = text[position:].lstrip()
    column = len(text) - len(rest) + 1
    sign = rest[:1]
    return faults.fault(
        "4000",
        "Error parsing query",
        f"QueryParserError: Invalid content. Lexical error at line 1, column {column}.  "
        f'Encountered: "{sign}" ({ord(sign)}), after : ""',
        None,
    )


class _Parser:
    """Reads the tokens of one query from left to right."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def query(self) -> Query:
        self._expect("SELECT")
        fields, count = self._selection()
        self._expect("FROM")
        entity = self._name()
        conditions: list[Condition] = []
        order: list[tuple[str, bool]] = []
        paging = {"STARTPOSITION": 1, "MAXRESULTS": DEFAULT_RESULTS}
        while self._at < len(self._tokens):
            self._clause(conditions, order, paging)
        start, limit = paging["STARTPOSITION"], paging["MAXRESULTS"]
        limit = min(limit, MAX_RESULTS)
        return Query(entity, fields, count, tuple(conditions), tuple(order), start, limit)

    def _clause(
        self,
        conditions: list[Condition],
        order: list[tuple[str, bool]],
        paging: dict[str, int],
    ) -> None:
        word = self._peek().word
        if word == "WHERE" and not conditions and not order:
            self._at += 1
            conditions.extend(self._listed(self._condition, "AND"))
        elif word in {"ORDERBY", "ORDER"} and not order:
            self._at += 1
            if word == "ORDER":
                self._expect("BY")
            order.extend(self._listed(self._sorting, ","))
        elif word in paging:
            self._at += 1
            paging[word] = self._position()
        else:
            raise self._unexpected()

    def _selection(self) -> tuple[tuple[str, ...], bool]:
        if self._peek().word == "COUNT":
            self._at += 1
            for sign in "(*)":
                self._expect(sign)
            return (), True
        fields = self._listed(self._field, ",")
        return (() if "*" in fields else tuple(fields)), False

    def _field(self) -> str:
        if self._peek().word == "*":
            self._at += 1
            return "*"
        return self._name()

    def _condition(self) -> Condition:
        field = self._name()
        token = self._next()
        operator = {"<>": "!="}.get(token.word, token.word)
        if operator == "IN":
            self._expect("(")
            values = self._listed(self._value, ",")
            self._expect(")")
            return Condition(field, "IN", tuple(values))
        if operator != "LIKE" and operator not in _OPERATORS:
            raise self._unexpected(back=1)
        return Condition(field, operator, (self._value(),))

    def _sorting(self) -> tuple[str, bool]:
        field = self._name()
        word = self._peek().word if self._at < len(self._tokens) else ""
        if word in {"ASC", "DESC"}:
            self._at += 1
        return field, word == "DESC"

    def _listed(self, read: Callable[[], _T], separator: str) -> list[_T]:
        found = [read()]
        while self._at < len(self._tokens) and self._peek().word == separator:
            self._at += 1
            found.append(read())
        return found

    def _value(self) -> str:
        token = self._next()
        if token.kind == "text":
            return _ESCAPE.sub(r"\1", token.text[1:-1])
        if token.kind == "number" or token.word in {"TRUE", "FALSE"}:
            return token.text
        raise self._unexpected(back=1)

    def _position(self) -> int:
        token = self._next()
        if token.kind != "number" or not token.text.lstrip("-").isdigit():
            raise self._unexpected(back=1)
        if int(token.text) < 1:
            raise invalid(f"value {token.text} is too small. Min allowed value is 1")
        return int(token.text)

    def _name(self) -> str:
        token = self._next()
        if token.kind != "word" or token.word == "NULL":
            raise self._unexpected(back=1)
        return token.text

    def _expect(self, word: str) -> None:
        if self._next().word != word:
            raise self._unexpected(back=1)

    def _peek(self) -> _Token:
        if self._at >= len(self._tokens):
            raise self._unexpected()
        return self._tokens[self._at]

    def _next(self) -> _Token:
        token = self._peek()
        self._at += 1
        return token

    def _unexpected(self, back: int = 0) -> faults.FaultError:
        at = self._at - back
        if at < len(self._tokens):
            token = self._tokens[at]
            where = f'Encountered " "{token.text}" "{token.text.upper()} "" '
            where += f"at line 1, column {token.column}."
        else:
            where = 'Encountered "<EOF>" at the end of the query.'
        return faults.fault("4000", "Error parsing query", f"QueryParserError: {where}", None)
