/// How a report looks: one column, dark on white with a contrast of at least 7 to 1, and a page on
/// paper.
enum ReportStyle {
  static let sheet = """
    body { font: 1rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 0; }
    main { max-width: 48rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
    h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 1rem; }
    h2 { font-size: 1.35rem; line-height: 1.25; margin: 2.5rem 0 .75rem; }
    h3 { font-size: 1.1rem; line-height: 1.35; margin: 1.75rem 0 .5rem; }
    table { border-collapse: collapse; margin: .75rem 0; }
    caption { text-align: left; font-weight: bold; padding-bottom: .25rem; }
    th, td { padding: .25rem 1rem .25rem 0; text-align: left; vertical-align: top; }
    thead th { border-bottom: 1px solid #595959; }
    tbody th { font-weight: normal; }
    tbody tr + tr > * { border-top: 1px solid #e0e0e0; }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    .wide { overflow-x: auto; }
    .wide:focus { outline: 2px solid #1a5fb4; }
    .stop { border: .125rem solid #b00020; padding: .5rem 1rem; }
    .cautions { border-left: .25rem solid #b35900; margin: .75rem 0; padding: .25rem 0 .25rem 1rem; \
    list-style: none; }
    .counted, .receipt, .remark, .made { color: #4d4d4d; font-size: .9rem; }
    .fingerprint, .receipt code { overflow-wrap: anywhere; }
    .appendix { font-size: .9rem; }
    dt { font-weight: bold; margin-top: .5rem; }
    dd { margin: 0; }
    pre { overflow-x: auto; background: #f5f5f5; padding: .75rem; font-size: .85rem; }
    figure { margin: 1rem 0; }
    svg { max-width: 100%; height: auto; }
    @media (max-width: 36rem) {
    table { font-size: .85rem; }
    th, td { padding-right: .6rem; }
    figure { overflow-x: auto; }
    figure svg { max-width: none; min-width: 34rem; }
    }
    @media print {
    @page { margin: 2cm; }
    main { max-width: none; padding: 0; }
    section.answer, figure, tr { break-inside: avoid; }
    h2, h3 { break-after: avoid; }
    .wide { overflow: visible; }
    pre { white-space: pre-wrap; overflow-wrap: anywhere; }
    }
    """
}
