"""The Flask application that speaks Label Studio's ML protocol."""

from __future__ import annotations

import logging
from collections import Counter
from importlib.metadata import version as version_of
from typing import final

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from backend_ml.access import allowed
from backend_ml.choosing import Unavailable, choose_segmenter
from backend_ml.config import Config
from backend_ml.jobs.queue import Queue, open_queue
from backend_ml.learning import corrections
from backend_ml.metrics import MEDIA_TYPE, exposition
from backend_ml.predicting import Predictor
from backend_ml.protocol import (
    JobsQuery,
    JobsRequest,
    PredictRequest,
    RetryRequest,
    SetupRequest,
    WebhookRequest,
    parse,
    read,
)
from backend_ml.refused import Refused, error_body
from vib.chosen import load_plugins
from vib.job import STATES, Job, Jobs
from vib.pluginhost import PluginHost
from vib.problem import InputProblem
from vib.segmenting import Segmenter
from vib.settings import read_settings

ABOUT = (
    "VIB Studio ML backend: cuts clips into turns (who acts, child or adult, from when to when).\n"
    "Connect it to a Label Studio project under Settings > Model with this address.\n"
)

VERSION = version_of("vib-studio")

NO_QUEUE = InputProblem(
    "",
    nl="de wachtrij van de ML-backend (Redis, of het bestand queue.sqlite3) is niet bereikbaar; probeer het straks"
    " opnieuw",
    en="the queue of the ML backend (Redis, or the file queue.sqlite3) cannot be reached; try again later",
)
"""What is said while there is no queue."""

log = logging.getLogger(__name__)


@final
class _Outage:
    """Logs once that the queue cannot be reached, however many ask meanwhile, and once that it can again."""

    def __init__(self) -> None:
        self._lasts = False

    def note(self, error: Exception | None) -> None:
        """Say whether the queue could be reached just now."""
        if error is not None and not self._lasts:
            log.warning("the queue cannot be reached: %s", error)
        elif error is None and self._lasts:
            log.warning("the queue can be reached again")
        self._lasts = error is not None


def create_app(config: Config, segmenter: Segmenter | None = None, plugins: PluginHost | None = None) -> Flask:
    """Make the application.

    Parameters
    ----------
    config : Config
        Settings.
    segmenter : Segmenter or None
        What cuts clips; None asks the plugins for the one that `config` names.
    plugins : PluginHost or None
        The plugins; None loads those of the settings.

    Raises
    ------
    InputProblem
        No plugin offers that segmenter.
    """
    segmenter = segmenter or _chosen(config, plugins or load_plugins(read_settings()))
    queue, outage = open_queue(config), _Outage()
    predictor = Predictor(segmenter, config, queue)
    models: dict[str, str] = dict(getattr(segmenter, "models", {}))
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = config.max_request_bytes
    _guard(app, config)
    _answer_errors(app, queue, outage)
    _answer_label_studio(app, predictor)
    _answer_about_jobs(app, predictor, queue)

    @app.get("/health")
    def health() -> tuple[Response, int]:
        try:
            figures = queue.figures()
            outage.note(None)
        except queue.errors as error:
            outage.note(error)
            figures = None
        missing = ["queue"] if figures is None else [] if figures.workers else ["worker"]
        said = {
            # Label Studio looks at the code only: without a worker it may connect, and clips can be queued.
            "status": "DOWN" if figures is None else "DEGRADED" if missing else "UP",
            "missing": missing,
            "model_class": type(predictor).__name__,
            "version": VERSION,
            "model_version": predictor.version,
            "models": models,
            "queue": None if figures is None else dict(figures.states),
            "workers": None if figures is None else figures.workers,
        }
        return jsonify(said | (error_body(NO_QUEUE) if figures is None else {})), 503 if figures is None else 200

    @app.get("/metrics")
    def metrics() -> Response:
        about = {"version": VERSION, "model_version": predictor.version}
        return Response(exposition(queue.figures(), about), content_type=MEDIA_TYPE)

    @app.post("/webhook")
    def webhook() -> Response:
        corrections.take(parse(WebhookRequest, request.get_data()).model_dump(), config)
        return jsonify(status="taken")

    return app


def _chosen(config: Config, plugins: PluginHost) -> Segmenter:
    try:
        return choose_segmenter(plugins, config.segmenter)
    except InputProblem as problem:
        if not plugins.failures.listed():
            raise
        return Unavailable(config.segmenter, problem)


def _answer_label_studio(app: Flask, predictor: Predictor) -> None:
    @app.get("/")
    def about() -> Response:
        return Response(ABOUT, mimetype="text/plain")

    @app.post("/setup")
    def setup() -> Response:
        asked = parse(SetupRequest, request.get_data())
        return jsonify(model_version=predictor.version_for(asked.family))

    @app.get("/versions")
    def versions() -> Response:
        return jsonify(versions=[predictor.version])

    @app.post("/predict")
    def predict() -> Response:
        answer = predictor.predict(parse(PredictRequest, request.get_data()))
        return jsonify(results=answer.results, states=answer.states)


def _answer_about_jobs(app: Flask, predictor: Predictor, queue: Queue) -> None:
    @app.get("/jobs")
    def jobs() -> Response:
        asked = read(JobsQuery, request.args.to_dict())
        return _jobs(queue.listed(asked.project, asked.clip, asked.state))

    @app.post("/jobs")
    def enqueue() -> tuple[Response, int]:
        return _jobs(predictor.enqueue(parse(JobsRequest, request.get_data()))), 202

    @app.post("/jobs/retry")
    def retry() -> tuple[Response, int]:
        asked = parse(RetryRequest, request.get_data() or b"{}")
        return jsonify(retried=queue.retry(asked.project, asked.clip)), 202


def _jobs(jobs: list[Job]) -> Response:
    counted = Counter(job.state for job in jobs)
    answer = Jobs(jobs=tuple(jobs), counts={state: counted[state] for state in STATES})
    return jsonify(answer.model_dump(mode="json"))


def _guard(app: Flask, config: Config) -> None:
    if config.secret is None:
        log.warning("VIB_ML_SECRET is not set: anyone who reaches this port can ask for turns")

    @app.before_request
    def check() -> Response | None:
        if allowed(request, config.secret):
            return None
        problem = Refused(401, "", nl="gebruikersnaam of wachtwoord klopt niet", en="wrong user name or password")
        response = _problem(problem, 401)
        response.headers["WWW-Authenticate"] = 'Basic realm="vib-ml"'
        return response


def _answer_errors(app: Flask, queue: Queue, outage: _Outage) -> None:
    def unreachable(error: Exception) -> Response:
        outage.note(error)
        return _problem(NO_QUEUE, 503)

    for kind in queue.errors:
        app.register_error_handler(kind, unreachable)

    @app.errorhandler(Refused)
    def refused(problem: Refused) -> Response:
        return _problem(problem, problem.status)

    @app.errorhandler(InputProblem)
    def bad_input(problem: InputProblem) -> Response:
        return _problem(problem, 400)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        status = error.code or 500
        said = _HTTP.get(status, ("de aanvraag is niet uit te voeren", "the request cannot be carried out"))
        return _problem(InputProblem("", nl=said[0], en=said[1]), status)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        # The cause goes to the log only: an exception may name files and tokens.
        log.exception("a request failed")
        problem = InputProblem(
            "",
            nl="er ging iets mis in de ML-backend; zie het logboek",
            en="the ML backend failed; see its log",
        )
        return _problem(problem, 500)


_HTTP = {
    404: ("dit adres bestaat niet", "there is nothing at this address"),
    405: ("deze methode wordt hier niet gebruikt", "this method is not used here"),
    413: ("de aanvraag is te groot", "the request is too large"),
}


def _problem(problem: InputProblem, status: int) -> Response:
    response = jsonify(error_body(problem))
    response.status_code = status
    return response
