"""How much work one file may ask for."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Limits(BaseSettings):
    """Bounds on one media file, from the environment (prefix ``VIB_ML_``)."""

    model_config = SettingsConfigDict(env_prefix="VIB_ML_", frozen=True, extra="ignore")

    max_seconds: float = Field(default=10_800.0, gt=0, description="Longest clip that is cut into turns, in seconds.")
    work_seconds: float = Field(
        default=900.0, gt=0, description="Longest time to work on one clip, in seconds; then it is given up."
    )
    sight: bool = Field(
        default=False,
        description="Whether the picture is looked at too, for how sure turns are and what is said of it.",
    )
