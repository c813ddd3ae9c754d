"""Word documents (文書): templates, filled templates, tables in them, and what they say as plain text."""
