"""Everything Qt: the window on a document. Imports model and resources, never export or intake."""
