"""The tables of the cache, all in one place."""

from awra_tui.cache.base import Table, db
from awra_tui.cache.books_tables import (
    AttemptTable,
    BudgetTable,
    LeaseTable,
    LinkTable,
    MappingTable,
    ObjectTable,
    ReadsTable,
    RequestTable,
    RunTable,
    SeenTable,
)
from awra_tui.cache.source_tables import (
    DecisionTable,
    DismissalTable,
    FactTable,
    NeedTable,
    ProfileTable,
    RecordTable,
    ReferenceTable,
    TallyTable,
    WarningTable,
)

__all__ = [
    "MODELS",
    "AttemptTable",
    "BudgetTable",
    "DecisionTable",
    "DismissalTable",
    "FactTable",
    "LeaseTable",
    "LinkTable",
    "MappingTable",
    "NeedTable",
    "ObjectTable",
    "ProfileTable",
    "ReadsTable",
    "RecordTable",
    "ReferenceTable",
    "RequestTable",
    "RunTable",
    "SeenTable",
    "TallyTable",
    "WarningTable",
    "db",
]

MODELS: tuple[type[Table], ...] = (
    ProfileTable,
    RecordTable,
    TallyTable,
    NeedTable,
    ReferenceTable,
    WarningTable,
    DismissalTable,
    DecisionTable,
    FactTable,
    LinkTable,
    MappingTable,
    ObjectTable,
    RunTable,
    RequestTable,
    AttemptTable,
    LeaseTable,
    BudgetTable,
    ReadsTable,
    SeenTable,
)
"""Every table of the cache."""
