"""The plan definition (計画定義): read, checked, expanded into fields and respondents, and written back."""
