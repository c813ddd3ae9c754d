"""Excel: everything that knows cells, sheets and files; no other room explains a quirk of Excel."""
