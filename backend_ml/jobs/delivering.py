"""Giving turns to Label Studio when they are ready."""

from __future__ import annotations

import json
from http.client import HTTPException, HTTPMessage
from typing import IO, final
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from backend_ml.config import Config
from backend_ml.jobs.outcome import Problem
from backend_ml.predicting import prediction_of
from vib.language import Text
from vib.problem import InputProblem
from vib.segmenting import Segmentation

PLACE = "/vib/turns/results"
SECONDS = 20.0
"""How long Label Studio may say nothing."""

MOST_READ = 65_536

GONE = 404

_SECRET = Text(
    nl="Label Studio kent het geheim van de ML-backend niet; zet bij beide hetzelfde VIB_ML_SECRET",
    en="Label Studio does not know the secret of the ML backend; set the same VIB_ML_SECRET for both",
)
_REFUSALS = {
    401: _SECRET,
    403: _SECRET,
    GONE: Text(nl="Label Studio kent deze taak niet", en="Label Studio does not know this task"),
    409: Text(nl="het project in Label Studio past niet meer", en="the project in Label Studio no longer fits"),
    413: Text(nl="de beurten zijn te groot voor Label Studio", en="the turns are too large for Label Studio"),
    422: Text(nl="Label Studio neemt deze beurten niet aan", en="Label Studio does not accept these turns"),
}
"""Answers that another time will not be different."""


@final
class _NoRedirects(HTTPRedirectHandler):
    """The shared secret goes to the paired Label Studio and nowhere else."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


def deliver(config: Config, project: int, task: int, interface: str, turns: Segmentation) -> Problem | None:
    """Offer turns to a task of the paired Label Studio; return what went wrong.

    Offering twice does no harm: a task has one prediction of a model version.
    """
    try:
        prediction = prediction_of(turns, interface)
    except InputProblem as problem:
        return Problem(problem.reason, passing=False)
    assert config.secret is not None
    body = {"task": task, "project": project, **prediction}
    request = Request(  # noqa: S310 - `Config` lets http(s) origins through, nothing else
        f"{config.label_studio_url}{PLACE}",
        data=json.dumps(body).encode(),
        headers={
            "Authorization": f"Bearer {config.secret.get_secret_value()}",
            "Content-Type": "application/json",
        },
    )
    # Proxies that the environment names would see the secret.
    opener = build_opener(_NoRedirects(), ProxyHandler({}))
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            answer.read(MOST_READ)
    except HTTPError as error:
        error.close()
        refusal = _REFUSALS.get(error.code)
        if refusal is not None:
            return Problem(refusal, passing=False, gone=error.code == GONE)
        status = f"status {error.code}"
        return Problem(
            Text(nl=f"Label Studio nam de beurten niet aan ({status})", en=f"Label Studio took no turns ({status})"),
            passing=True,
        )
    except (URLError, OSError, HTTPException):
        return Problem(Text(nl="Label Studio is niet bereikbaar", en="Label Studio cannot be reached"), passing=True)
    return None
