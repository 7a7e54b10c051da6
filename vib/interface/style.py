"""How the labelling interface looks; the classes are Label Studio 1.23.2's."""

VIDEO_HEIGHT = 306
WAVEFORM_HEIGHT = 64

STYLE = """
.vib-top { display: flex; gap: 12px; align-items: flex-start; }
.vib-video { flex: 0 1 47%; max-width: 560px; min-width: 330px; overflow: hidden; }
.vib-video .lsf-frames-control, .vib-video .lsf-timeline__view, .vib-video .lsf-seeker { display: none; }
.vib-age h4, .vib-why h4 { font-weight: 400; margin: 2px 0 !important; }
.vib-age h4, .vib-why h4 { font-size: 12px !important; line-height: 15px !important; }
.vib-codes { flex: 1 1 300px; min-width: 260px; }
@media (max-height: 820px) { .vib-codes { max-height: calc(100vh - 320px); overflow-y: auto; } }
.vib-codes h4 { font-size: 13px !important; line-height: 17px !important; margin: 6px 0 1px !important; }
.vib .lsf-choices { margin: 0; }
.vib .lsf-choice, .vib .lsf-choice__item { margin: 0 !important; padding: 0 !important; }
.vib .lsf-choice__item label { font-size: 13px; line-height: 19px; min-height: 0; }
.vib-codes .lsf-taxonomy { margin: 0; }
.vib-hint h4 { font-weight: 400; }
.vib .ant-collapse { border: 0; background: none; }
.vib .ant-collapse-item { border: 0 !important; }
.vib .ant-collapse-header { padding: 2px 0 !important; font-size: 13px; line-height: 18px; }
.vib .ant-collapse-content { border: 0; background: none; }
.vib .ant-collapse-content-box { padding: 0 0 4px 22px !important; }
.vib-tiers { display: flex; flex-wrap: wrap; column-gap: 24px; }
.vib-tier { display: flex; align-items: center; gap: 8px; }
.vib-tier h4 { font-size: 13px !important; line-height: 17px !important; margin: 0 !important; }
.vib-tier .lsf-labels { margin: 0; }
.vib-rating { display: flex; align-items: flex-start; gap: 16px; padding: 4px 0; }
.vib-about { flex: 0 1 40%; }
.vib-about h4 { font-size: 13px !important; line-height: 17px !important; margin: 0 !important; }
.vib-rating .lsf-choices { flex: 1 1 60%; }
"""
"""Keeps video, codes and waveform on one screen. It has no child selectors: in XML their sign is escaped."""
