"""Adding up (汇总): forms of many units, or of a project's parts, become one form by its own footnotes."""
