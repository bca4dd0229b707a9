/** The `label` of a run becomes part of titles and of the marker of its comment. */
export const LABEL_PATTERN = /^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,63}$/;
