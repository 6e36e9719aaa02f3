package import Diagnostics

/// The lines and signs of other languages that are recognised: one table, first match first.
package enum Habits {
  /// What is said of a statement that was read but means nothing: `count drug group by race`.
  package static func diagnostic(of span: Span, in source: SourceText) -> Diagnostic? {
    let tokens = Lexer.tokens(of: source).filter {
      $0.kind != .end && $0.span.lower >= span.lower && $0.span.upper <= span.upper
    }
    return Habit.diagnostic(of: tokens, in: source)
  }

  /// Whole lines.
  static let lines: [Habit] = sql + excel + r + stata + pandas + prompts

  /// Signs and words inside a line.
  static let signs: [Habit] = [
    Habit("SQL", "FIELD is not null", "FIELD!=?"), Habit("SQL", "FIELD is null", "FIELD=?"),
    Habit("SQL", "group by", "by"), Habit("SQL", "order by FIELD desc", ""),
    Habit("SQL", "order by FIELD", ""), Habit("SQL", "FIELD like LIKE", "FIELD LIKE"),
    Habit("C", "==", "="), Habit("SQL", "<>", "!="),
    Habit("C", "&&", "and"), Habit("C", "||", "or"), Habit("C", "! FIELD", "not FIELD"),
    Habit("C", "~=", "!="), Habit("C", "=~", "contains"),
  ]

  private static let sql: [Habit] = [
    Habit("SQL", "select count ( * ) from COHORT { where COND… }", "count COHORT { COND }"),
    Habit(
      "SQL", "select count ( distinct FIELD ) from COHORT { where COND… }",
      "count COHORT { COND } unit FIELD"),
    Habit(
      "SQL",
      "select FIELD , count ( * ) from COHORT { where COND… } group by KEY { order by REST… } { limit N }",
      "count COHORT { COND } by FIELD { top N }"),
    Habit(
      "SQL",
      "select FIELD , FIELD2 , count ( * ) from COHORT { where COND… } group by REST…",
      "count COHORT { COND } by FIELD, FIELD2"),
    Habit(
      "SQL",
      "select avg ( FIELD ) from COHORT { where COND… }", "average COHORT FIELD { where COND }"),
    Habit(
      "SQL", "select FIELD , avg ( FIELD2 ) from COHORT { where COND… } group by KEY",
      "average COHORT FIELD2 by FIELD { where COND }"),
    Habit(
      "SQL", "select sum ( FIELD ) from COHORT { where COND… }",
      "total COHORT FIELD { where COND }"),
    Habit(
      "SQL", "select FIELD , sum ( FIELD2 ) from COHORT { where COND… } group by KEY",
      "total COHORT FIELD2 by FIELD { where COND }"),
    Habit(
      "SQL", "select median ( FIELD ) from COHORT { where COND… }",
      "median COHORT FIELD { where COND }"),
    Habit(
      "SQL", "select max ( FIELD ) from COHORT { where COND… }",
      "average COHORT FIELD { where COND }", "the greatest and the least stand beside the average"),
    Habit(
      "SQL", "select min ( FIELD ) from COHORT { where COND… }",
      "average COHORT FIELD { where COND }", "the greatest and the least stand beside the average"),
    Habit("SQL", "select distinct FIELD from COHORT", "values COHORT FIELD"),
    Habit(
      "SQL", "select REST… join COHORT on REST2…", "link DATASET.FIELD to COHORT.FIELD",
      "a link is said once; then the other dataset's fields stand beside its own"),
    Habit(
      "SQL", "select * from COHORT { where COND… } { order by REST… } { limit N }",
      "list COHORT { COND } { limit N }"),
    Habit(
      "SQL", "select FIELDS… from COHORT { where COND… } { order by REST… } { limit N }",
      "list COHORT { COND } FIELDS { limit N }"),
    Habit(
      "SQL", "select REST…", "count COHORT by FIELD",
      "`help` lists what a line can begin with: a verb, not a table"),
    Habit(
      "SQL", "create view NAME as select * from COHORT where COND…",
      "cohort NAME = COHORT where COND"),
    Habit("SQL", "create REST…", "open \"FILE\" as NAME", "sources are read, never made"),
    Habit("SQL", "insert REST…", "open \"FILE\" as NAME", "sources are read, never written"),
    Habit(
      "SQL", "update REST…", "card DATASET; recode FIELD OLD=NEW; end",
      "sources are read, never written"),
    Habit(
      "SQL", "delete REST…", "cohort NAME = DATASET where CONDITION",
      "sources are read, never written"),
    Habit(
      "SQL", "alter REST…", "field NAME of DATASET = EXPRESSION", "sources are read, never written"),
    Habit("SQL", "drop table NAME", "datasets", "sources are read, never written"),
    Habit("SQL", "with NAME as REST…", "cohort NAME = DATASET where CONDITION"),
    Habit("SQL", "where COND…", "count COHORT COND"),
    Habit("SQL", "group by FIELDS…", "count COHORT by FIELDS"),
    Habit("SQL", "order by REST…", "rank COHORT by FIELD"),
    Habit("SQL", "show tables", "datasets"), Habit("SQL", "show databases", "datasets"),
    Habit("SQL", "desc NAME", "fields NAME"), Habit("SQL", "describe table NAME", "fields NAME"),
    Habit("SQL", "from COHORT { select REST… }", "list COHORT limit 20"),
    Habit("SQL", "pivot COHORT on FIELD REST…", "table COHORT by FIELD, FIELD2"),
  ]

  private static let excel: [Habit] = [
    Habit("Excel", "= countif ( RANGE , VALUE )", "count COHORT FIELD=VALUE"),
    Habit("Excel", "= countifs ( REST… )", "count COHORT FIELD=VALUE and FIELD=VALUE"),
    Habit("Excel", "= counta ( REST… )", "count COHORT"),
    Habit("Excel", "= countblank ( REST… )", "missing COHORT FIELD"),
    Habit("Excel", "= count ( REST… )", "count COHORT"),
    Habit("Excel", "= sumif ( REST… )", "total COHORT FIELD where CONDITION"),
    Habit("Excel", "= sumifs ( REST… )", "total COHORT FIELD where CONDITION and CONDITION"),
    Habit("Excel", "= sum ( REST… )", "total COHORT FIELD"),
    Habit("Excel", "= averageif ( REST… )", "average COHORT FIELD where CONDITION"),
    Habit("Excel", "= average ( REST… )", "average COHORT FIELD"),
    Habit("Excel", "= median ( REST… )", "median COHORT FIELD"),
    Habit("Excel", "= vlookup ( REST… )", "link DATASET.FIELD to DATASET.FIELD"),
    Habit("Excel", "= xlookup ( REST… )", "link DATASET.FIELD to DATASET.FIELD"),
    Habit("Excel", "= index ( REST… )", "link DATASET.FIELD to DATASET.FIELD"),
    Habit("Excel", "= unique ( REST… )", "values COHORT.FIELD"),
    Habit("Excel", "= filter ( REST… )", "list COHORT CONDITION"),
    Habit(
      "Excel", "= if ( REST… )", "field NAME of DATASET = if CONDITION then VALUE else VALUE"),
    Habit("Excel", "= chisq.test ( REST… )", "table COHORT by FIELD, FIELD"),
    Habit("Excel", "= chitest ( REST… )", "table COHORT by FIELD, FIELD"),
    Habit("Excel", "= FRACTION", "share FRACTION", "a part of a whole comes with its interval"),
    Habit("Excel", "pivot table", "table COHORT by FIELD, FIELD"),
    Habit("Excel", "pivottable", "table COHORT by FIELD, FIELD"),
    Habit("Excel", "pivot FIELD by FIELD2", "table COHORT by FIELD, FIELD2"),
  ]

  private static let r: [Habit] = [
    Habit("R", "library ( NAME )", "help", "nothing needs to be loaded"),
    Habit("R", "require ( NAME )", "help", "nothing needs to be loaded"),
    Habit("R", "install.packages ( REST… )", "help", "nothing needs to be installed"),
    Habit("R", "NAME < - read.csv ( FILE )", "open FILE as NAME"),
    Habit("R", "NAME < - read_csv ( FILE )", "open FILE as NAME"),
    Habit("R", "NAME < - readrds ( FILE )", "open FILE as NAME"),
    Habit("R", "read.csv ( FILE )", "open FILE"), Habit("R", "read_csv ( FILE )", "open FILE"),
    Habit("R", "table ( COHORT $ FIELD )", "count COHORT by FIELD"),
    Habit("R", "table ( COHORT $ FIELD , NAME $ FIELD2 )", "table COHORT by FIELD, FIELD2"),
    Habit("R", "prop.table ( table ( COHORT $ FIELD ) )", "share COHORT by FIELD"),
    Habit("R", "COHORT % > % count ( FIELD )", "count COHORT by FIELD"),
    Habit("R", "COHORT % > % count ( )", "count COHORT"),
    Habit("R", "COHORT | > count ( FIELD )", "count COHORT by FIELD"),
    Habit("R", "COHORT % > % filter ( COND… ) % > % count ( FIELD )", "count COHORT COND by FIELD"),
    Habit("R", "COHORT % > % filter ( COND… ) { % > % REST… }", "list COHORT COND"),
    Habit("R", "COHORT % > % group_by ( FIELD ) % > % REST…", "count COHORT by FIELD"),
    Habit("R", "COHORT % > % left_join ( REST… )", "link COHORT.FIELD to DATASET.FIELD"),
    Habit("R", "COHORT % > % REST…", "count COHORT by FIELD"),
    Habit("R", "prop.test ( A , B )", "share A of B"),
    Habit("R", "prop.test ( c ( A , A2 ) , c ( B , B2 ) )", "gap A of B vs A2 of B2"),
    Habit("R", "binom.test ( A , B { , REST… } )", "share A of B using clopper-pearson"),
    Habit("R", "chisq.test ( REST… )", "table COHORT by FIELD, FIELD"),
    Habit("R", "fisher.test ( REST… )", "table COHORT by FIELD, FIELD"),
    Habit("R", "t.test ( REST… )", "average COHORT FIELD by FIELD"),
    Habit("R", "wilcox.test ( REST… )", "median COHORT FIELD by FIELD"),
    Habit("R", "mean ( COHORT $ FIELD { , REST… } )", "average COHORT FIELD"),
    Habit("R", "median ( COHORT $ FIELD { , REST… } )", "median COHORT FIELD"),
    Habit("R", "sum ( COHORT $ FIELD { , REST… } )", "total COHORT FIELD"),
    Habit("R", "unique ( COHORT $ FIELD )", "values COHORT FIELD"),
    Habit("R", "sum ( is.na ( COHORT $ FIELD ) )", "missing COHORT FIELD"),
    Habit("R", "aggregate ( REST… )", "average COHORT FIELD by FIELD"),
    Habit("R", "subset ( COHORT , COND… )", "list COHORT COND"),
    Habit("R", "summary ( COHORT )", "describe COHORT"),
    Habit("R", "str ( COHORT )", "fields COHORT"),
    Habit("R", "names ( COHORT )", "fields COHORT"),
    Habit("R", "colnames ( COHORT )", "fields COHORT"),
    Habit("R", "head ( COHORT )", "list COHORT limit 6"),
    Habit("R", "head ( COHORT , N )", "list COHORT limit N"),
    Habit("R", "view ( COHORT )", "list COHORT"), Habit("R", "nrow ( COHORT )", "count COHORT"),
    Habit("R", "survfit ( REST… )", "time COHORT STAGE to STAGE by FIELD"),
    Habit(
      "R", "glm ( REST… )", "gap COHORT EVENT GROUP vs GROUP within FIELD",
      "there are no models; `within` adjusts for one field at a time, in the open"),
    Habit(
      "R", "lm ( REST… )", "average COHORT FIELD by FIELD", "there are no models"),
    Habit("R", "NAME < - subset ( COHORT , COND… )", "cohort NAME = COHORT where COND"),
    Habit("R", "NAME < - N", "let NAME = N"),
    Habit("R", "NAME < - REST…", "cohort NAME = DATASET where CONDITION"),
    Habit("R", "? NAME", "help NAME"), Habit("R", "help ( NAME )", "help NAME"),
    Habit("R", "q ( )", "quit"),
  ]

  private static let stata: [Habit] = [
    Habit("Stata", "tab FIELD { , REST… }", "count COHORT by FIELD"),
    Habit("Stata", "tabulate FIELD { , REST… }", "count COHORT by FIELD"),
    Habit("Stata", "tab FIELD FIELD2 { , REST… }", "table COHORT by FIELD, FIELD2"),
    Habit("Stata", "tabulate FIELD FIELD2 { , REST… }", "table COHORT by FIELD, FIELD2"),
    Habit("Stata", "summarize FIELD , detail", "median COHORT FIELD"),
    Habit("Stata", "summarize FIELD", "average COHORT FIELD"),
    Habit("Stata", "sum FIELD { , detail }", "average COHORT FIELD"),
    Habit("Stata", "use FILE { , clear }", "open FILE"),
    Habit("Stata", "import delimited FILE { , REST… }", "open FILE"),
    Habit("Stata", "insheet using FILE { , REST… }", "open FILE"),
    Habit("Stata", "by FIELD : summarize FIELD2 { , detail }", "average COHORT FIELD2 by FIELD"),
    Habit("Stata", "by FIELD : tab FIELD2", "table COHORT by FIELD, FIELD2"),
    Habit(
      "Stata", "bysort FIELD : summarize FIELD2 { , detail }", "average COHORT FIELD2 by FIELD"),
    Habit("Stata", "bysort FIELD : tab FIELD2", "table COHORT by FIELD, FIELD2"),
    Habit("Stata", "by FIELD : REST…", "count COHORT by FIELD"),
    Habit("Stata", "bysort FIELD : REST…", "count COHORT by FIELD"),
    Habit("Stata", "count if COND…", "count COHORT COND"),
    Habit("Stata", "gen NAME = EXPRESSION…", "field NAME of DATASET = EXPRESSION"),
    Habit("Stata", "generate NAME = EXPRESSION…", "field NAME of DATASET = EXPRESSION"),
    Habit("Stata", "egen NAME = REST…", "field NAME of DATASET = EXPRESSION"),
    Habit("Stata", "replace FIELD = REST…", "card DATASET; recode FIELD OLD=NEW; end"),
    Habit("Stata", "keep if COND…", "cohort NAME = DATASET where COND"),
    Habit("Stata", "drop if COND…", "cohort NAME = DATASET where not (COND)"),
    Habit("Stata", "prtest FIELD , by ( FIELD2 )", "gap COHORT FIELD FIELD2=VALUE vs FIELD2=VALUE"),
    Habit("Stata", "ttest FIELD , by ( FIELD2 )", "average COHORT FIELD by FIELD2"),
    Habit("Stata", "ranksum FIELD , by ( FIELD2 )", "median COHORT FIELD by FIELD2"),
    Habit("Stata", "sts REST…", "time COHORT STAGE to STAGE"),
    Habit("Stata", "stset REST…", "stages of DATASET; NAME on DATE; end"),
    Habit(
      "Stata", "logit REST…", "gap COHORT EVENT GROUP vs GROUP within FIELD", "there are no models"),
    Habit("Stata", "regress REST…", "average COHORT FIELD by FIELD", "there are no models"),
    Habit("Stata", "codebook FIELD", "values COHORT.FIELD"),
    Habit("Stata", "browse", "list COHORT"),
    Habit(
      "Stata", "merge WORD FIELD using FILE { , REST… }", "link DATASET.FIELD to DATASET.FIELD"),
    Habit("Stata", "log using FILE { , REST… }", "save session FILE"),
    Habit("Stata", "do FILE", "run FILE"), Habit("Stata", "display FRACTION", "share FRACTION"),
    Habit("Stata", "label variable FIELD VALUE", "card DATASET; label FIELD VALUE; end"),
  ]

  private static let pandas: [Habit] = [
    Habit("Python", "import REST…", "help", "nothing needs to be imported"),
    Habit("Python", "from NAME import REST…", "help", "nothing needs to be imported"),
    Habit("pandas", "NAME = pd.read_csv ( FILE )", "open FILE as NAME"),
    Habit("pandas", "pd.read_csv ( FILE )", "open FILE"),
    Habit("pandas", "pd.crosstab ( REST… )", "table COHORT by FIELD, FIELD"),
    Habit("pandas", "*.groupby ( FIELD ) [ FIELD2 ] . mean ( )", "average COHORT FIELD2 by FIELD"),
    Habit("pandas", "*.groupby ( FIELD ) [ FIELD2 ] . sum ( )", "total COHORT FIELD2 by FIELD"),
    Habit("pandas", "*.groupby ( FIELD ) { REST… }", "count COHORT by FIELD"),
    Habit(
      "pandas", "COHORT [ FIELD ] . value_counts ( normalize = true )", "share COHORT by FIELD"),
    Habit("pandas", "COHORT [ FIELD ] . value_counts ( )", "count COHORT by FIELD"),
    Habit("pandas", "*.value_counts ( )", "count COHORT by FIELD"),
    Habit("pandas", "COHORT [ FIELD ] . mean ( )", "average COHORT FIELD"),
    Habit("pandas", "COHORT [ FIELD ] . median ( )", "median COHORT FIELD"),
    Habit("pandas", "COHORT [ FIELD ] . unique ( )", "values COHORT FIELD"),
    Habit("pandas", "*.mean ( )", "average COHORT FIELD"),
    Habit("pandas", "*.unique ( )", "values COHORT FIELD"),
    Habit("pandas", "*.head ( N )", "list COHORT limit N"),
    Habit("pandas", "*.head ( )", "list COHORT limit 5"),
    Habit("pandas", "*.describe ( )", "describe COHORT"),
    Habit("pandas", "*.info ( )", "fields COHORT"),
    Habit("pandas", "*.shape", "count COHORT"), Habit("pandas", "*.columns", "fields COHORT"),
    Habit("pandas", "*.dtypes", "fields COHORT"),
    Habit("pandas", "*.isna ( ) . sum ( )", "missing COHORT"),
    Habit("pandas", "*.isnull ( ) . sum ( )", "missing COHORT"),
    Habit("pandas", "*.query ( REST… )", "list COHORT CONDITION"),
    Habit("pandas", "*.merge ( REST… )", "link COHORT.FIELD to DATASET.FIELD"),
    Habit("pandas", "*.pivot_table ( REST… )", "table COHORT by FIELD, FIELD"),
    Habit("pandas", "*.sample ( N )", "sample COHORT N"),
    Habit("pandas", "*.to_csv ( FILE )", "save FILE"),
    Habit("pandas", "*.plot ( { REST… } )", "trend COHORT by month"),
    Habit("pandas", "COHORT [ COND… ]", "list COHORT COND"),
    Habit("Python", "len ( COHORT )", "count COHORT"),
    Habit("Python", "print ( REST… )", "count COHORT"),
    Habit("Python", "FRACTION", "share FRACTION", "a part of a whole comes with its interval"),
  ]

  private static let prompts: [Habit] = [
    Habit("the SQLite and DuckDB prompt", ". tables", "datasets"),
    Habit("the SQLite and DuckDB prompt", ". databases", "datasets"),
    Habit("the SQLite and DuckDB prompt", ". schema { NAME }", "fields NAME"),
    Habit(
      "the SQLite and DuckDB prompt", ". mode NAME", "save \"FILE\"",
      "the ending of the file names the format; the command line takes --format"),
    Habit("the SQLite and DuckDB prompt", ". headers NAME", "settings", "tables have headers"),
    Habit("the SQLite and DuckDB prompt", ". open FILE", "open FILE"),
    Habit("the SQLite and DuckDB prompt", ". import FILE NAME", "open FILE as NAME"),
    Habit("the SQLite and DuckDB prompt", ". read FILE", "run FILE"),
    Habit("the SQLite and DuckDB prompt", ". output FILE", "save FILE"),
    Habit("the SQLite and DuckDB prompt", ". once FILE", "save FILE"),
    Habit("the SQLite and DuckDB prompt", ". help", "help"),
    Habit("the SQLite and DuckDB prompt", ". quit", "quit"),
    Habit("the SQLite and DuckDB prompt", ". exit", "quit"),
    Habit("psql", "\\ dt", "datasets"), Habit("psql", "\\ d", "datasets"),
    Habit("psql", "\\ d NAME", "fields NAME"), Habit("psql", "\\ l", "datasets"),
    Habit("psql", "\\ copy NAME from FILE { REST… }", "open FILE as NAME"),
    Habit("psql", "\\ copy REST…", "open \"FILE\" as NAME"), Habit("psql", "\\ i FILE", "run FILE"),
    Habit("psql", "\\ o FILE", "save FILE"), Habit("psql", "\\ c NAME", "open \"FILE\" as NAME"),
    Habit("psql", "\\ h", "help"), Habit("psql", "\\ ?", "help"), Habit("psql", "\\ q", "quit"),
    Habit("a shell", "ls { REST… }", "datasets"), Habit("a shell", "cat FILE", "open FILE"),
    Habit("a shell", "less FILE", "open FILE"),
    Habit("a shell", "head { REST… } FILE", "open FILE"),
    Habit("a shell", "wc REST…", "count COHORT"),
    Habit("a shell", "grep VALUE REST…", "list COHORT FIELD contains VALUE"),
    Habit("a shell", "man NAME", "help NAME"), Habit("a shell", "pwd", "datasets"),
    Habit("a shell", "cd { REST… }", "open \"FILE\"", "paths begin where docket was started"),
    Habit("a shell", "clear", "help", "Ctrl-L clears the screen"),
    Habit("a shell", "history", "looks", "the arrows and Ctrl-R bring earlier lines back"),
    Habit("Python", "exit ( )", "quit"), Habit("Python", "quit ( )", "quit"),
  ]
}
