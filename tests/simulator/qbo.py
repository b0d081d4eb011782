"""A small client of the simulator for tests, and a company outside the United States."""

import base64
import os
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from awra_tui.simulator import clock, jsontext
from awra_tui.simulator.companies.seed import SeedCompany
from awra_tui.simulator.company import Company
from awra_tui.simulator.server import announcement

ANCHOR = date(2026, 11, 2)


@dataclass
class Qbo:
    """Speaks to one simulated company in-process."""

    app: Any
    http: httpx.AsyncClient
    access: dict[str, str]

    @classmethod
    def over(cls, app: Any) -> "Qbo":
        access = announcement(app.state.site.company, "http://qbo")
        headers = {"Authorization": f"Bearer {access['access_token']}"}
        transport = httpx.ASGITransport(app=app)
        return cls(
            app, httpx.AsyncClient(transport=transport, base_url="http://qbo", headers=headers), access
        )

    @property
    def company(self) -> Company:
        return self.app.state.site.company

    @property
    def base(self) -> str:
        return f"/v3/company/{self.access['realm_id']}"

    async def post(self, path: str, body: Any, **params: str) -> httpx.Response:
        return await self.http.post(f"{self.base}/{path}", content=jsontext.dumps(body), params=params)

    async def get(self, path: str, **params: str) -> httpx.Response:
        return await self.http.get(f"{self.base}/{path}", params=params)

    async def make(self, entity: str, body: dict[str, Any], **params: str) -> dict[str, Any]:
        answer = await self.post(entity.lower(), body, **params)
        assert answer.status_code == 200, answer.text
        return jsontext.loads(answer.content)[entity]

    async def refused(self, entity: str, body: dict[str, Any], **params: str) -> dict[str, Any]:
        """Send what must be refused with HTTP 400 and return its only error."""
        answer = await self.post(entity.lower(), body, **params)
        return error(answer)

    async def read(self, entity: str, id_: str) -> dict[str, Any]:
        answer = await self.get(f"{entity.lower()}/{id_}")
        assert answer.status_code == 200, answer.text
        return jsontext.loads(answer.content)[entity]

    async def query(self, text: str) -> dict[str, Any]:
        answer = await self.get("query", query=text)
        assert answer.status_code == 200, answer.text
        return jsontext.loads(answer.content)["QueryResponse"]

    async def switch(self, **switches: Any) -> None:
        answer = await self.http.post("/simulator/switches", json=switches)
        assert answer.status_code == 200, answer.text

    async def customer(self, name: str = "Amani Stores", **more: Any) -> str:
        return (await self.make("Customer", {"DisplayName": name, **more}))["Id"]

    async def invoice(self, customer: str, amount: Any = 100, **more: Any) -> dict[str, Any]:
        return await self.make("Invoice", sale(customer, amount, **more))

    async def pay(self, customer: str, amount: Any, *links: tuple[str, str, Any]) -> dict[str, Any]:
        return await self.make("Payment", payment(customer, amount, *links))

    async def total(self) -> Decimal:
        answer = await self.http.get("/simulator/books")
        return jsontext.loads(answer.content)["total"]

    async def account(self, name: str) -> Decimal:
        """Return an account's total in the trial balance."""
        answer = await self.http.get("/simulator/books")
        rows = jsontext.loads(answer.content)["accounts"]
        return sum((Decimal(row["Balance"]) for row in rows if row["Name"] == name), start=Decimal(0))


class Watch:
    """A clock that the test moves."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = path
        self.now = clock.moment("2026-11-10T09:00:00+00:00")
        monkeypatch.setenv(clock.VARIABLE, str(path))
        self._write()

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)
        self._write()

    def _write(self) -> None:
        # A new size makes the change visible even within one tick of the file system's clock.
        self.path.write_text(self.now.isoformat(), encoding="utf-8")
        ticks = int(self.now.timestamp() * 1_000_000_000)
        os.utime(self.path, ns=(ticks, ticks))


def error(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 400, answer.text
    (found,) = answer.json()["Fault"]["Error"]
    return found


def line(amount: Any, item: str = "1", **detail: Any) -> dict[str, Any]:
    return {
        "Amount": amount,
        "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": {"ItemRef": {"value": item}, **detail},
    }


def sale(customer: str, amount: Any = 100, **more: Any) -> dict[str, Any]:
    return {"CustomerRef": {"value": customer}, "Line": [line(amount)], **more}


def payment(customer: str, amount: Any, *links: tuple[str, str, Any]) -> dict[str, Any]:
    lines = [{"Amount": part, "LinkedTxn": [{"TxnId": id_, "TxnType": kind}]} for kind, id_, part in links]
    return {"CustomerRef": {"value": customer}, "TotalAmt": amount, "Line": lines}


def bill(vendor: str, amount: Any = 80, account: str = "27", **more: Any) -> dict[str, Any]:
    detail = {"AccountRef": {"value": account}}
    lines = [
        {
            "Amount": amount,
            "DetailType": "AccountBasedExpenseLineDetail",
            "AccountBasedExpenseLineDetail": detail,
        }
    ]
    return {"VendorRef": {"value": vendor}, "Line": lines, **more}


def journal(*lines: tuple[str, str, Any, dict[str, Any]]) -> dict[str, Any]:
    """Make a journal entry from (side, account id, amount, more of the detail)."""
    return {
        "Line": [
            {
                "Amount": amount,
                "DetailType": "JournalEntryLineDetail",
                "JournalEntryLineDetail": {"PostingType": side, "AccountRef": {"value": account}, **more},
            }
            for side, account, amount, more in lines
        ]
    }


def taxed_company(_name: str, _anchor: date) -> SeedCompany:
    """Build a company in Kenya with two currencies, three tax codes and a closed year."""
    rates = [("Standard", 16), ("Zero", 0), ("Levy", "1.5")]
    codes = {"S": ["Standard"], "Z": ["Zero"], "SL": ["Standard", "Levy"]}
    accounts = [
        ("Bank KES", "Bank", "Checking", "KES"),
        ("Bank USD", "Bank", "Checking", "USD"),
        ("Accounts Receivable (A/R)", "Accounts Receivable", "AccountsReceivable", "KES"),
        ("Undeposited Funds", "Other Current Asset", "UndepositedFunds", "KES"),
        ("Sales", "Income", "SalesOfProductIncome", "KES"),
        ("Stationery", "Expense", "OfficeGeneralAdministrativeExpenses", "KES"),
    ]
    objects: list[tuple[str, dict[str, Any]]] = [
        (
            "Account",
            {
                "Name": name,
                "AccountType": kind,
                "AccountSubType": subtype,
                "CurrencyRef": {"value": currency},
            },
        )
        for name, kind, subtype, currency in accounts
    ]
    objects += [("TaxRate", {"Name": name, "RateValue": value}) for name, value in rates]
    objects += [("TaxCode", _code(name, parts)) for name, parts in codes.items()]
    objects.append(("Item", {"Name": "Paper", "Type": "NonInventory", "IncomeAccountRef": {"name": "Sales"}}))
    objects.append(("Customer", {"DisplayName": "Shilling House"}))
    objects.append(("Customer", {"DisplayName": "Dollar House", "CurrencyRef": {"value": "USD"}}))
    return SeedCompany(
        realm_id="9130",
        info={"CompanyName": "Karatasi Ltd", "Country": "KE"},
        preferences={
            "AccountingInfoPrefs": {"BookCloseDate": "2025-12-31"},
            "SalesFormsPrefs": {"CustomTxnNumbers": True},
            "CurrencyPrefs": {"MultiCurrencyEnabled": True, "HomeCurrency": {"value": "KES"}},
        },
        objects=objects,
        rates={"USD": Decimal("129.25")},
    )


def _code(name: str, parts: list[str]) -> dict[str, Any]:
    rates = {"TaxRateDetail": [{"TaxRateRef": {"name": part}} for part in parts]}
    return {"Name": name, "SalesTaxRateList": rates, "PurchaseTaxRateList": rates}


def basic(qbo: Qbo) -> dict[str, str]:
    """Return the header by which an application says who it is."""
    pair = f"{qbo.access['client_id']}:{qbo.access['client_secret']}"
    return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}


async def refresh(qbo: Qbo, token: str, headers: dict[str, str], **more: str) -> httpx.Response:
    """Ask for new tokens."""
    form = {"grant_type": "refresh_token", "refresh_token": token, **more}
    return await qbo.http.post("/oauth2/v1/tokens/bearer", data=form, headers=headers)
