/** What the benchmark of the check measures, built as one program. */
export { checkDocument, countFindings } from '../../src/chatwoot/check/check';
export { scanJson } from '../../src/json/scan';
