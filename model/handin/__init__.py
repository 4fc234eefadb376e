"""What a document was handed in as.

`versions` keeps locked versions in the document file, `comparison` holds two against each other,
`prints` remembers what was printed without being locked; `verification` tells what a code on paper belongs
to; `attachments` keeps the files of evidence, `numbered` names them in the hand-in, `freeing` lets them go;
`finished` holds an edited Word or Excel file against the document, with `publication_lines` those of the
final accounts.
"""
