/// One question of the suite, in Docket's words and in those of its peers.
struct Question {
  let name: String
  let docket: String
  /// Over a table or scan called `cases`; its rows hold the numbers that must agree.
  let sql: String
  /// An expression over the lazy frame `cases`, in Polars' Python.
  let polars: String

  /// Everything that the bench asks.
  static let suite: [Question] = [
    Question(
      name: "flagship ratio",
      docket: "ratio cases race=Black where method=buy-bust vs 39%",
      sql: "select count(*) filter (where race='Black') a, count(race) b from cases "
        + "where method='buy-bust'",
      polars: "cases.filter(c('method')=='buy-bust')"
        + ".select((c('race')=='Black').sum().alias('a'), c('race').count().alias('b'))"),
    Question(
      name: "count by race",
      docket: "count cases by race",
      sql: "select race, count(*) n from cases group by 1",
      polars: "cases.group_by('race').agg(pl.len().alias('n'))"),
    Question(
      name: "two-way table",
      docket: "count cases by race, disposition",
      sql: "select race, disposition, count(*) n from cases group by 1, 2",
      polars: "cases.group_by('race', 'disposition').agg(pl.len().alias('n'))"),
    Question(
      name: "by month and race",
      docket: "count cases by month(date), race top 1000",
      sql: "select date_trunc('month', date) m, race, count(*) n from cases group by 1, 2",
      polars: "cases.group_by(c('date').dt.truncate('1mo').alias('m'), 'race')"
        + ".agg(pl.len().alias('n'))"),
    Question(
      name: "median days by race",
      docket: "median cases days by race",
      sql: "select race, median(days) n from cases group by 1",
      polars: "cases.group_by('race').agg(c('days').median().alias('n'))"),
    Question(
      name: "top neighborhoods, age below 25",
      docket: "count cases by neighborhood where age<25 top 10",
      sql: "select neighborhood, count(*) n from cases where age < 25 group by 1 "
        + "order by 2 desc limit 10",
      polars: "cases.filter(c('age')<25).group_by('neighborhood').agg(pl.len().alias('n'))"
        + ".sort('n', descending=True).head(10)"),
    Question(
      name: "total cost by agency since 2019",
      docket: "total cases cost by agency where date>=2019-01-01",
      sql: "select agency, sum(cost) n from cases where date >= '2019-01-01' group by 1",
      polars: "cases.filter(c('date')>=pl.date(2019,1,1)).group_by('agency')"
        + ".agg(c('cost').sum().alias('n'))"),
    Question(
      name: "distinct people",
      docket: "count cases unit id",
      sql: "select count(distinct id) n from cases",
      polars: "cases.select(c('id').n_unique().alias('n'))"),
    Question(
      name: "share with two conditions",
      docket: "share cases race=Black where sex=male and agency=\"Drug Task Force\"",
      sql: "select count(*) filter (where race='Black') a, count(race) b from cases "
        + "where sex='male' and agency='Drug Task Force'",
      polars: "cases.filter((c('sex')=='male') & (c('agency')=='Drug Task Force'))"
        + ".select((c('race')=='Black').sum().alias('a'), c('race').count().alias('b'))"),
    Question(
      name: "rate of pleas by race",
      docket: "share cases disposition=\"guilty plea\" by race",
      sql: "select race, count(*) filter (where disposition='guilty plea') a, count(*) b "
        + "from cases where race is not null group by 1",
      polars: "cases.filter(c('race').is_not_null()).group_by('race')"
        + ".agg((c('disposition')=='guilty plea').sum().alias('a'), pl.len().alias('b'))"),
    Question(
      name: "gap within neighborhood",
      docket: "gap cases disposition=\"guilty plea\" race=Black vs race=White "
        + "within neighborhood",
      sql: "select race, sum(a) a, sum(b) b from (select neighborhood, race, "
        + "count(*) filter (where disposition='guilty plea') a, count(*) b from cases "
        + "where race in ('Black', 'White') group by 1, 2) t group by 1",
      polars: "cases.filter(c('race').is_in(['Black','White'])).group_by('neighborhood','race')"
        + ".agg((c('disposition')=='guilty plea').sum().alias('a'), pl.len().alias('b'))"
        + ".group_by('race').agg(c('a').sum(), c('b').sum())"),
    Question(
      name: "list 20 rows",
      docket: "list cases race=Black where method=warrant limit 20",
      sql: "select age from cases where race='Black' and method='warrant' limit 20",
      polars: "cases.filter((c('race')=='Black') & (c('method')=='warrant')).select('age')"
        + ".head(20)"),
  ]
}
