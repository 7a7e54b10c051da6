"""Weights of the models: where they come from, how they are written as ONNX, where they are kept."""

from backend_ml.weights.files import WeightsProblem, model_hashes, weights_file

__all__ = ["WeightsProblem", "model_hashes", "weights_file"]
