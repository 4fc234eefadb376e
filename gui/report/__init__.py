"""The sections of the report that stand in the tabs."""
