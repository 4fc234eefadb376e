"""A written explanation held against its tables, sentence by sentence, by the role of each figure.

`text` takes a text apart, `hold.hold(paragraphs, facts)` gives what is wrong: a `Slip` (`slip`) names the
rule of the final accounts, its gravity and the place as printed; `facts` are the tables and forms.
By section: `totals` (一 to 五), `items` (五（二）, 五（三）, 六), `sangong` (九), `other` (十 to 十二),
`performance` (十三), `terms` (名词解释); in any sentence: `units` (万元, %), `years`, `wording` (residue,
repetition, names, purposes).
"""
