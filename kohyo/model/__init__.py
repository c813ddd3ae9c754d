"""The model (語彙): fiscal year, item, plan, response, finding, table. Values only, no files, no wording."""
