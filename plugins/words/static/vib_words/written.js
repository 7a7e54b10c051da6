// What is left as it is, also where it reads like a word of Label Studio: what people wrote, and codes.

/** Where there is something that people wrote. */
export const WRITTEN = [
  "script, style, template, textarea, pre, code, [contenteditable=true], [translate=no], .CodeMirror, .notranslate",
  // Our own, which is in the right language.
  ".vib-header, .vib-skip, .vib-coding-strip, .vib-coding-notice, .vib-coding-dialog",
  // Codes: the interface of a method, and the turns in the list of regions.
  ".lsf-choices, .lsf-labels, .lsf-label, .lsf-rating, .lsf-outliner-item__title, .vib-codes .lsf-header, .rc-tree-title",
  // Clips in the list of a project, and projects.
  ".dm-table-clip-cell, .lsf-table-body .lsf-table__cell, .lsf-project-card__title, .lsf-project-card__description",
].join(", ");
