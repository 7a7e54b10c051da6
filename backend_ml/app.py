"""The Flask application that speaks Label Studio's ML protocol."""

from __future__ import annotations

import logging

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from backend_ml.access import allowed
from backend_ml.config import Config
from backend_ml.predicting import Predictor, choose_segmenter
from backend_ml.protocol import PredictRequest, SetupRequest, parse
from backend_ml.refused import Refused, error_body
from vib.pluginhost import PluginHost
from vib.problem import InputProblem
from vib.segmenting import Segmenter

ABOUT = (
    "VIB Studio ML backend: cuts clips into turns (who acts, child or adult, from when to when).\n"
    "Connect it to a Label Studio project under Settings > Model with this address.\n"
)

log = logging.getLogger(__name__)


def create_app(config: Config, segmenter: Segmenter | None = None) -> Flask:
    """Make the application.

    Parameters
    ----------
    config : Config
        Settings.
    segmenter : Segmenter or None
        What cuts clips; None asks the plugins for the one that `config` names.

    Raises
    ------
    ValueError
        No plugin offers that segmenter.
    """
    predictor = Predictor(segmenter or choose_segmenter(PluginHost(), config.segmenter), config)
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = config.max_request_bytes
    _guard(app, config)
    _answer_errors(app)

    @app.get("/")
    def about() -> Response:
        return Response(ABOUT, mimetype="text/plain")

    @app.get("/health")
    def health() -> Response:
        return jsonify(status="UP", model_class=type(predictor).__name__, model_version=predictor.version)

    @app.post("/setup")
    def setup() -> Response:
        parse(SetupRequest, request.get_data())
        return jsonify(model_version=predictor.version)

    @app.get("/versions")
    def versions() -> Response:
        return jsonify(versions=[predictor.version])

    @app.post("/predict")
    def predict() -> Response:
        return jsonify(results=predictor.predict(parse(PredictRequest, request.get_data())))

    @app.post("/webhook")
    def webhook() -> Response:
        return jsonify(
            status="ignored",
            learnt=False,
            message={
                "nl": "Ontvangen. Dit model leert nog niet van annotaties.",
                "en": "Received. This model does not learn from annotations yet.",
            },
        )

    return app


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


def _answer_errors(app: Flask) -> None:
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
