"""Forms in the exchange format `ziping.form/1`, in and out (docs/exchange.md).

* `exchange` is the door; `form_reader`, `form_writer`, `report_entries`, `money_rows`, `breakdown`; what is
  unknown is kept (`entries`); `checkcode` ties paper and file; `gather` makes one document of several files
* `older_documents` opens documents: what older programs kept beside a form stands in it
* final accounts: `accounts_reader`, `accounts_writer`
"""
