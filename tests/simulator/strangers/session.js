// A session of node-quickbooks with only its addresses changed. Arguments: the folder of the package.
// Reads the announcement of a simulator from standard input, writes {check: "ok" or the reason} to
// standard output.
'use strict'
const assert = require('assert')
const QuickBooks = require(process.argv[2])

const facts = JSON.parse(require('fs').readFileSync(0, 'utf8'))
QuickBooks.V3_ENDPOINT_BASE_URL = facts.base_url + '/v3/company/'
QuickBooks.TOKEN_URL = facts.token_url
QuickBooks.REVOKE_URL = facts.revoke_url
const qbo = new QuickBooks(
  facts.client_id, facts.client_secret, facts.access_token, false, facts.realm_id, true, false, 75, '2.0',
  facts.refresh_token)

// Every call of the client ends in a callback.
const call = (name, ...given) => new Promise((resolve, reject) =>
  qbo[name](...given, (error, answer) => error ? reject(error) : resolve(answer)))
const refusal = async promise => {
  try { await promise } catch (error) { return error.response ? error.response.data : error }
  throw new Error('it was not refused')
}
const line = amount => ({
  Amount: amount, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: '10' } }
})
const invoice = (amount = 100) => ({ CustomerRef: { value: '1' }, Line: [line(amount)] })
const expense = amount => ({
  Amount: amount,
  DetailType: 'AccountBasedExpenseLineDetail',
  AccountBasedExpenseLineDetail: { AccountRef: { value: '22' } }
})
const side = (PostingType, value) => ({
  Amount: 5, DetailType: 'JournalEntryLineDetail', JournalEntryLineDetail: { PostingType, AccountRef: { value } }
})
const deposited = {
  Amount: 20, DetailType: 'DepositLineDetail', DepositLineDetail: { AccountRef: { value: '1' } }
}
let last = 0
const unique = text => `${text} ${Date.now()} ${++last}`

// Journal codes exist in France alone.
const lists = Object.keys(QuickBooks.prototype).filter(name => /^find/.test(name) && !/JournalCodes/.test(name))
const reports = Object.keys(QuickBooks.prototype).filter(name => /^report[A-Z]/.test(name))

// What every kind of object is made of.
const ref = async (kind, criteria) => {
  const [found] = Object.values((await call(`find${kind}s`, criteria)).QueryResponse)[0]
  return { value: found.Id }
}
const kinds = async () => {
  const [vendor, bank, employee] = [
    await ref('Vendor'), await ref('Account', { Name: 'Checking' }), await ref('Employee')]
  const [savings, receipt] = [await ref('Account', { Name: 'Savings' }), { Line: [line(14)] }]
  const owed = await call('createBill', { VendorRef: vendor, Line: [expense(30)] })
  return {
    Account: { Name: unique('Till'), AccountType: 'Bank' },
    Bill: { VendorRef: vendor, Line: [expense(30)] },
    BillPayment: {
      VendorRef: vendor, PayType: 'Check', TotalAmt: 30, CheckPayment: { BankAccountRef: bank },
      Line: [{ Amount: 30, LinkedTxn: [{ TxnId: owed.Id, TxnType: 'Bill' }] }]
    },
    Class: { Name: unique('Class') },
    CreditMemo: invoice(9),
    Department: { Name: unique('Yard') },
    Deposit: { DepositToAccountRef: bank, Line: [deposited] },
    Employee: { GivenName: 'Neema', FamilyName: unique('Kito') },
    Estimate: invoice(12),
    Item: { Name: unique('Advice'), Type: 'Service', IncomeAccountRef: { value: '1' } },
    JournalEntry: { Line: [side('Debit', bank.value), side('Credit', savings.value)] },
    PaymentMethod: { Name: unique('Coins') },
    Purchase: { PaymentType: 'Cash', AccountRef: bank, Line: [expense(8)] },
    PurchaseOrder: { VendorRef: vendor, Line: [expense(11)] },
    RefundReceipt: { ...invoice(7), DepositToAccountRef: bank },
    SalesReceipt: receipt,
    TaxAgency: { DisplayName: unique('Tax office') },
    Term: { Name: unique('Within'), DueDays: 9 },
    TimeActivity: { NameOf: 'Employee', EmployeeRef: employee, Hours: 2, Minutes: 30 },
    Transfer: { FromAccountRef: bank, ToAccountRef: savings, Amount: 40 },
    Vendor: { DisplayName: unique('Vendor') },
    VendorCredit: { VendorRef: vendor, Line: [expense(6)] }
  }
}

const checks = {
  async 'company and preferences are read' () {
    assert.strictEqual((await call('getCompanyInfo', facts.realm_id)).Country, 'US')
    assert.strictEqual((await call('getPreferences')).Id, '1')
  },
  async 'every list is queried' () {
    assert.ok(lists.length > 30)
    for (const name of lists) {
      assert.ok((await call(name)).QueryResponse, name)
    }
  },
  async 'conditions, counts and pages' () {
    assert.strictEqual((await call('findAccounts', { Name: 'Travel' })).QueryResponse.Account.length, 1)
    const { totalCount } = (await call('findAccounts', { count: true })).QueryResponse
    assert.ok(totalCount > 20)
    const all = await call('findAccounts', { fetchAll: true, limit: 7 })
    assert.strictEqual(all.QueryResponse.Account.length, totalCount)
    const some = await call('findCustomers', [
      { field: 'DisplayName', value: '%e%', operator: 'LIKE' }, { field: 'limit', value: 2 }])
    assert.strictEqual(some.QueryResponse.Customer.length, 2)
  },
  async 'a customer is created, changed sparsely and in full' () {
    const made = await call('createCustomer', { DisplayName: unique('Node'), CompanyName: 'Kept' })
    const sparse = await call('updateCustomer', { Id: made.Id, SyncToken: made.SyncToken, Notes: 'new' })
    assert.strictEqual(sparse.CompanyName, 'Kept')
    const full = { Id: made.Id, SyncToken: sparse.SyncToken, DisplayName: made.DisplayName, sparse: false }
    assert.strictEqual((await call('updateCustomer', full)).CompanyName, undefined)
    assert.strictEqual((await call('getCustomer', made.Id)).SyncToken, '2')
  },
  async 'every kind is created, read, changed and, where it can be, deleted' () {
    for (const [kind, body] of Object.entries(await kinds())) {
      const made = await call(`create${kind}`, body)
      assert.strictEqual((await call(`get${kind}`, made.Id)).SyncToken, '0', kind)
      if (kind !== 'TaxAgency') {
        assert.strictEqual((await call(`update${kind}`, { ...made, sparse: true })).SyncToken, '1', kind)
      }
      if (qbo[`delete${kind}`]) {
        await call(`delete${kind}`, made.Id)
        assert.strictEqual((await refusal(call(`get${kind}`, made.Id))).Fault.Error[0].code, '610', kind)
      }
    }
  },
  async 'budgets and customer types are read' () {
    assert.ok((await call('findBudgets')).QueryResponse.Budget[0].BudgetDetail.length)
    assert.ok((await call('findCustomerTypes')).QueryResponse.CustomerType[0].Name)
  },
  async 'an invoice is read and then deleted or voided by its id alone' () {
    const [one, two] = [await call('createInvoice', invoice()), await call('createInvoice', invoice())]
    assert.strictEqual((await call('deleteInvoice', one.Id)).Invoice.status, 'Deleted')
    assert.strictEqual((await refusal(call('getInvoice', one.Id))).Fault.Error[0].code, '610')
    await call('voidInvoice', two.Id)
    assert.strictEqual((await call('getInvoice', two.Id)).TotalAmt, 0)
  },
  async 'payments and receipts are voided' () {
    const payment = await call('createPayment', { CustomerRef: { value: '1' }, TotalAmt: 9 })
    await call('updatePayment', { ...payment, void: true })
    assert.strictEqual((await call('getPayment', payment.Id)).TotalAmt, 0)
    const other = await call('createPayment', { CustomerRef: { value: '1' }, TotalAmt: 8 })
    await call('voidPayment', other)
    assert.strictEqual((await call('getPayment', other.Id)).TotalAmt, 0)
    const receipt = await call('createSalesReceipt', { Line: [line(14)] })
    await call('updateSalesReceipt', { ...receipt, void: true })
    assert.ok((await call('getSalesReceipt', receipt.Id)).PrivateNote.startsWith('Voided'))
  },
  async 'a batch of thirty, and its deletions among the changes' () {
    const since = new Date(Date.now() - 2000)
    const sent = Array.from({ length: 30 }, () => ({ Invoice: invoice(5) }))
    const done = (await call('batch', sent)).BatchItemResponse.map(item => item.Invoice)
    await call('deleteInvoice', done[0])
    const changed = (await call('changeDataCapture', ['Invoice', 'Customer'], since)).CDCResponse[0]
    const found = new Map(changed.QueryResponse[0].Invoice.map(one => [one.Id, one.status]))
    assert.strictEqual(found.get(done[0].Id), 'Deleted')
    assert.ok(done.slice(1).every(one => found.has(one.Id) && found.get(one.Id) === undefined))
  },
  async 'notes and files are attached' () {
    const made = await call('createInvoice', invoice())
    const note = await call('createAttachable', { Note: 'My File', Tag: 'Testing' })
    assert.strictEqual((await call('getAttachable', note.Id)).Tag, 'Testing')
    assert.strictEqual((await call('deleteAttachable', note.Id)).Attachable.status, 'Deleted')
    const { Readable } = require('stream')
    const file = await call('upload', 'plan.txt', 'text/plain', Readable.from(['a plan']), 'Invoice', made.Id)
    assert.deepStrictEqual([file.FileName, file.Size], ['plan.txt', 6])
    assert.strictEqual(file.AttachableRef[0].EntityRef.value, made.Id)
  },
  async 'forms come as PDF and are sent' () {
    const made = await call('createInvoice', { ...invoice(), BillEmail: { Address: 'one@example.org' } })
    assert.strictEqual((await call('getInvoicePdf', made.Id)).toString('latin1').slice(0, 5), '%PDF-')
    assert.strictEqual((await call('sendInvoicePdf', made.Id)).EmailStatus, 'EmailSent')
    const sent = await call('sendInvoicePdf', made.Id, 'two@example.org')
    assert.strictEqual(sent.BillEmail.Address, 'two@example.org')
  },
  async 'rates of exchange are read and set' () {
    const asked = { sourcecurrencycode: 'EUR', asofdate: '2026-01-31' }
    const { ExchangeRate: rate } = await call('getExchangeRate', asked)
    assert.deepStrictEqual([rate.TargetCurrencyCode, rate.AsOfDate], ['USD', '2026-01-31'])
    const set = await call('updateExchangeRate', { SourceCurrencyCode: 'CAD', Rate: 0.8 })
    assert.strictEqual(set.ExchangeRate ? set.ExchangeRate.Rate : set.Rate, 0.8)
  },
  async 'every report that has figures here' () {
    assert.ok(reports.length > 20)
    for (const name of reports.filter(name => !/FR$/.test(name))) {
      assert.ok((await call(name)).Header.ReportName, name)
    }
  },
  async 'a report in columns and on a cash basis' () {
    const found = await call('reportProfitAndLoss', {
      start_date: '2026-01-01', end_date: '2026-12-31', summarize_column_by: 'Quarter', accounting_method: 'Cash'
    })
    assert.deepStrictEqual([found.Header.ReportBasis, found.Columns.Column.length], ['Cash', 6])
  },
  async 'a tax code is made with its rate' () {
    const name = unique('Town')
    const rate = { TaxRateName: name, RateValue: '7.25', TaxAgencyId: '1', TaxApplicableOn: 'Sales' }
    const made = await call('createTaxService', { TaxCode: name, TaxRateDetails: [rate] })
    assert.strictEqual((await call('getTaxCode', made.TaxCodeId)).Name, name)
    assert.strictEqual((await call('getTaxRate', made.TaxRateDetails[0].TaxRateId)).RateValue, 7.25)
  },
  async 'the company is renamed' () {
    const info = await call('getCompanyInfo', facts.realm_id)
    const changed = await call('updateCompanyInfo', { Id: info.Id, SyncToken: info.SyncToken, LegalName: 'New' })
    assert.deepStrictEqual([changed.LegalName, changed.CompanyName], ['New', info.CompanyName])
    assert.strictEqual((await call('getCompanyCurrency', '1')).Code, 'CAD')
  },
  async 'a refusal carries the fault' () {
    const fault = (await refusal(call('createInvoice', { Line: [] }))).Fault
    assert.strictEqual(fault.type, 'ValidationFault')
    assert.ok(fault.Error.every(one => one.code === '2020'))
  },
  async 'tokens are refreshed and revoked' () {
    const fresh = await call('refreshAccessToken')
    assert.notStrictEqual(fresh.access_token, facts.access_token)
    assert.strictEqual((await call('getCompanyInfo', facts.realm_id)).Country, 'US')
    await call('revokeAccess', false)
    assert.strictEqual((await refusal(call('getCompanyInfo', facts.realm_id))).fault.error[0].code, '3200')
  }
}

const told = error => String(error && (error.stack || JSON.stringify(error)))
const run = async () => {
  const results = {}
  for (const [name, check] of Object.entries(checks)) {
    try { await check(); results[name] = 'ok' } catch (error) {
      results[name] = error.response ? JSON.stringify(error.response.data) : told(error)
    }
  }
  process.stdout.write(JSON.stringify(results))
}
run()
