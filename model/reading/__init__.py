"""What the texts mean: values, scores, sums, what is missing."""
