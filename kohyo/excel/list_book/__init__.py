"""Lists that come from outside: the plan's list (取組み一覧) and the crosswalk of numbers (番号対照)."""
