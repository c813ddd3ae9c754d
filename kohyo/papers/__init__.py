"""The year's papers (文書) as values: which there are, and what each of them says; pure."""
