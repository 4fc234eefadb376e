"""Forms, regulations, report outlines, help: types and their TOML; a mistake is refused with file, entry and
key.

* `definition` (FormDefinition, Regulation), `columns` (what a column is, said once), `units`, `months`,
  `rules` (scoring rules), `pairs` (a target beside its result), `adverse`, `targets` (in three columns)
* `loader` knows what there is; `definition_toml` (with `block_toml`) and `regulation_toml` read it by
  `toml_table`, `toml_text` writes it; `zpf` is the file of a form of a bureau; `outline` and `outline_toml`
  read the reports, `advice` and `advice_toml` the help, `indicator_library` the usual indicators
"""
