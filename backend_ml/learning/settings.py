"""Where what is learnt is kept, and when to learn."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from vib.settings import read_settings


class LearningSettings(BaseSettings):
    """What an installation may choose about learning, from the environment (prefix ``VIB_ML_``)."""

    model_config = SettingsConfigDict(env_prefix="VIB_ML_", frozen=True, extra="ignore")

    learning: Path = Field(
        default_factory=lambda: read_settings().data / "learning",
        description="Folder with corrected turns and the heads learnt from them. Default: `learning` in `VIB_DATA`.",
    )
    evidence: Path = Field(
        default_factory=lambda: read_settings().data / "evidence",
        description="Folder with what was heard in each clip; may be emptied at any time."
        " Default: `evidence` in `VIB_DATA`.",
    )
    keep_evidence: bool = Field(
        default=True,
        description="Whether what was heard in a clip is kept; without it nothing can be learnt from corrections.",
    )
    learn_after: int = Field(
        default=50,
        ge=0,
        description="After how many newly corrected turns the backend learns by itself; 0: only when told to.",
    )

    @field_validator("learning", "evidence")
    @classmethod
    def _is_absolute(cls, value: Path) -> Path:
        return value.absolute()
