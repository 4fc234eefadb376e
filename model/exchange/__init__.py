"""Forms in the exchange format `ziping.form/1`, in and out."""
