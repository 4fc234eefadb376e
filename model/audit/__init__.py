"""The audit of a folder: every form of every file with its findings, nothing of it kept but texts.

`audited` are the records of it, `judge` makes them of a file that was read, `record` is the file they are
kept in (a part, that can be joined), `compare` holds them against the last audit of the same folder,
`letter` and `letter_loader` write 审核意见 from a pattern that is data.
"""
