// What is left as it is, also where it reads like a word of Label Studio: what people wrote, and codes.

const WRITTEN = [
  "script, style, template, textarea, pre, code, [contenteditable=true], [translate=no], .CodeMirror, .notranslate",
  // Our own, which is in the right language.
  '[class^="vib-"], [class*=" vib-"]',
  // People.
  '[class*="userpic--"], .lsf-annotation-button__user',
  // Projects: on their cards, and as the second step of the way to a page.
  ".lsf-project-card__title, .lsf-project-card__description, .lsf-breadcrumbs__item:nth-child(2)",
  // Clips in a list.
  ".lsf-table-row, .lsf-grid-view__cell",
  // Codes: what a method draws, menus of it, and turns.
  ".lsf-main-view__annotation, .ant-select-dropdown, .lsf-labels-list",
  '.lsf-detailed-region [class*="primary-background"], .lsf-detailed-region__meta-text',
].join(", ");

/** What Label Studio says within it. */
const SAID = [
  '.lsf-table-row [style*="nowrap"], .lsf-table-row [class*="badge--"], .lsf-table-row .lsf-player, .lsf-table-row input',
  ".lsf-grid-view__cell .lsf-player, .lsf-grid-view__cell input",
  ".lsf-video-segmentation, .lsf-audio-tag, .lsf-main-view__annotation .anticon, .ant-select-dropdown .anticon",
].join(", ");

/** Where a list of clips is called by somebody, or by Label Studio. */
const TAB = ".lsf-tabs-dm__item-left";
const ITS_TABS = /^(Default|New Tab( \d+)?)$/;

const EITHER = `${WRITTEN}, ${SAID}, ${TAB}`;

/**
 * @param {Element | null} element
 * @param {string} said
 * @returns {boolean} Whether what an element says is of people or of a method.
 */
export function isWritten(element, said) {
  const nearest = element?.closest(EITHER);
  if (!nearest) return false;
  return nearest.matches(TAB) ? !ITS_TABS.test(said) : !nearest.matches(SAID);
}
