"""Forms in the exchange format `ziping.form/1`, in and out (docs/exchange.md).

* `exchange` is the door; `form_reader`, `form_writer`, `report_entries`, `money_rows`, `breakdown`; what is
  unknown is kept (`entries`); `checkcode` ties paper and file; `gather` makes one document of several files
* final accounts: `accounts_reader`, `accounts_writer`
"""
