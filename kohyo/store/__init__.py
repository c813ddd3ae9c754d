"""The store (集約データ): many workspaces as one partitioned Parquet data set, to be asked in SQL.

Its rooms import pyarrow and duckdb, which only the extra ``scale`` brings.
"""
