"""A written explanation held against its tables, sentence by sentence, by the role of each figure.

`text.read_text(paragraphs)` takes a text apart; `hold.hold(paragraphs, facts)` gives what is wrong: a `Slip`
names the rule of the final accounts, its gravity and the place as printed.
"""
