"""The small workspace, for the tests of the door as for those of the use cases."""

from tests.usecases.conftest import small, small_origin

__all__ = ["small", "small_origin"]
