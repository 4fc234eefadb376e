"""Where the document meets signals, and what is known of its cells.

* `session`: edits go in, `changed(change, by)` comes out, work saves itself after 0.5 s of quiet; its
  `Snapshot` (`snapshot`) is all that follows from the answers, `looking` finds out when keys rest what is
  open; only the frame's document view listens
* `recovery` keeps what could not be saved and notes what is open, `other_savers` says who else saved the
  file, `earlier` is what the unit wrote in other documents
* `places` (on which tab a cell stands, in which order), `accounts_places` (those of the final accounts),
  `marks` (what findings make of it), `names` (of forms), `next_step`
"""
