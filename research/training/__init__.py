"""Trains what `backend_ml.turns` ships: the voices, the guard set, the network and the weights of confidence.

From a folder of recordings of one speaker each, conversations are simulated of which it is known
exactly who acts when; models are fitted on what the product's own code hears in them.

What ships was trained on read English: speechocean762 (CC BY 4.0, arXiv 2104.01378), 47 children of 6 to
12 years and 34 adults, and 4 adults of LibriSpeech test-other (CC BY 4.0). Noise, reverberation and the
sounds of infants are synthetic. No toddler, no Dutch and no home was in it.

It was done by this code with its default options, but for the changed voices, which an earlier form of
`variants` had made, and the constant of the confidence, which was fitted on other constructed
conversations. What that gave is in ``docs/reference/turns-measured.md``.

Needs packages that the product does not: ``.venv/bin/python -m pip install --editable '.[train]'``.
"""
