"""Forms that colleagues fill in: what was handed out, and what comes back beside what stands here now.

`parcel` is a form on its way, `form_sheet` the same as a sheet of Excel with open cells (and
`beside` what paper has no column for), `sheet_mark` what
that says about itself, `sheet_back` reads it again; `returned` finds the form of a file, `merge` holds three
states of it against each other: 发出时, 我现在, 同事; `take_back` puts in what is sure or was chosen;
`record` is what a document keeps of it.
"""
