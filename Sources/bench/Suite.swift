extension Question {
  /// Everything that is asked from the CSV and from memory.
  static let suite: [Question] = [
    flagship, countByRace, twoWay, trend, median, topNeighborhoods, totalCost, distinctPeople,
    share, rate, within, list,
  ]

  static let flagship = Question(
    name: "flagship ratio",
    docket: "ratio cases race=Black where method=buy-bust vs 39%",
    columns: ["race", "method"],
    reading: .figure("share", ["n", "of"]), names: ["a", "b"],
    sql: "select count(*) filter (where race='Black') a, count(race) b from cases "
      + "where method='buy-bust'",
    polars: "cases.filter(c('method')=='buy-bust')"
      + ".select((c('race')=='Black').sum().alias('a'), c('race').count().alias('b'))",
    miller: ["filter", "$method==\"buy-bust\"", "then"] + blackOfKnown)

  /// How many are Black, of how many whose race is known.
  private static let blackOfKnown = [
    "put", "$a=$race==\"Black\"?1:0;$b=$race==\"\"?0:1", "then", "stats1", "-a", "sum", "-f", "a,b",
    "then", "rename", "a_sum,a,b_sum,b",
  ]

  private static let countByRace = Question(
    name: "count by race",
    docket: "count cases by race",
    columns: ["race"],
    reading: .table(["race", "rows"]), names: ["race", "n"],
    sql: "select race, count(*) n from cases group by 1",
    polars: "cases.group_by('race').agg(pl.len().alias('n'))",
    miller: ["count", "-o", "n", "-g", "race"])

  private static let twoWay = Question(
    name: "two-way table",
    docket: "count cases by race, disposition",
    columns: ["race", "disposition"],
    reading: .table(["race", "disposition", "rows"]), names: ["race", "disposition", "n"],
    sql: "select race, disposition, count(*) n from cases group by 1, 2",
    polars: "cases.group_by('race', 'disposition').agg(pl.len().alias('n'))",
    miller: ["count", "-o", "n", "-g", "race,disposition"])

  private static let trend = Question(
    name: "trend by month and race",
    docket: "trend cases by month, race", setting: ["card cases; date date; end"],
    columns: ["date", "race"],
    reading: .table(["month", "race", "rows"]), names: ["month", "race", "n"],
    sql: "select strftime(month, '%Y-%m') as month, race, n from "
      + "(select date_trunc('month', date) as month, race, count(*) n from cases group by 1, 2)",
    sqlite: "select substr(date, 1, 7) as month, race, count(*) n from cases group by 1, 2",
    polars: "cases.group_by(c('date').dt.truncate('1mo').alias('month'), 'race')"
      + ".agg(pl.len().alias('n')).with_columns(c('month').dt.strftime('%Y-%m'))",
    miller: ["put", "$month=substr($date,0,6)", "then", "count", "-o", "n", "-g", "month,race"])

  private static let median = Question(
    name: "median days by race",
    docket: "median cases days by race",
    columns: ["days", "race"],
    reading: .table(["race", "median"]), names: ["race", "median"],
    sql: "select race, median(days) median from cases group by 1",
    sqlite: """
      select race, avg(days) median from (select race, days, \
      row_number() over (partition by race order by days) place, \
      count(*) over (partition by race) n from cases where days is not null) \
      where place in ((n + 1) / 2, (n + 2) / 2) group by 1
      """,
    polars: "cases.group_by('race').agg(c('days').median().alias('median'))",
    miller: [
      "filter", "is_not_empty($days)", "then", "stats1", "-i", "-a", "p50", "-f", "days", "-g",
      "race", "then", "rename", "days_p50,median",
    ])

  private static let topNeighborhoods = Question(
    name: "top neighborhoods, age below 25",
    docket: "count cases by neighborhood where age<25 top 10",
    columns: ["neighborhood", "age"],
    reading: .table(["neighborhood", "rows"]), names: ["neighborhood", "n"],
    sql: "select neighborhood, count(*) n from cases where age < 25 group by 1 "
      + "order by 2 desc, 1 limit 10",
    polars: "cases.filter(c('age')<25).group_by('neighborhood').agg(pl.len().alias('n'))"
      + ".sort('n', descending=True).head(10)",
    miller: [
      "filter", "$age<25", "then", "count", "-o", "n", "-g", "neighborhood", "then", "sort", "-nr",
      "n", "then", "head", "-n", "10",
    ])

  private static let totalCost = Question(
    name: "total cost by agency since 2019",
    docket: "total cases cost by agency where date>=2019-01-01",
    columns: ["cost", "agency", "date"],
    reading: .table(["agency", "total cost"]), names: ["agency", "total"],
    sql: "select agency, sum(cost) total from cases where date >= '2019-01-01' group by 1",
    polars: "cases.filter(c('date')>=pl.date(2019,1,1)).group_by('agency')"
      + ".agg(c('cost').sum().alias('total'))",
    miller: [
      "filter", "$date>=\"2019-01-01\"", "then", "stats1", "-a", "sum", "-f", "cost", "-g",
      "agency", "then", "rename", "cost_sum,total",
    ])

  static let distinctPeople = Question(
    name: "distinct people",
    docket: "count cases unit id",
    columns: ["id"],
    reading: .figure("count", ["value"]), names: ["count"],
    sql: "select count(distinct id) count from cases",
    polars: "cases.select(c('id').n_unique().alias('count'))",
    miller: ["count-distinct", "-n", "-f", "id"])

  private static let share = Question(
    name: "share with two conditions",
    docket: "share cases race=Black where sex=male and agency=\"Drug Task Force\"",
    columns: ["race", "sex", "agency"],
    reading: .figure("share", ["n", "of"]), names: ["a", "b"],
    sql: "select count(*) filter (where race='Black') a, count(race) b from cases "
      + "where sex='male' and agency='Drug Task Force'",
    polars: "cases.filter((c('sex')=='male') & (c('agency')=='Drug Task Force'))"
      + ".select((c('race')=='Black').sum().alias('a'), c('race').count().alias('b'))",
    miller: ["filter", "$sex==\"male\" && $agency==\"Drug Task Force\"", "then"] + blackOfKnown)

  private static let rate = Question(
    name: "rate of pleas by race",
    docket: "share cases disposition=\"guilty plea\" by race",
    columns: ["disposition", "race"],
    reading: .table(["race", "n", "of"]), names: ["race", "a", "b"],
    sql: "select race, count(*) filter (where disposition='guilty plea') a, count(*) b "
      + "from cases group by 1",
    polars: "cases.group_by('race')"
      + ".agg((c('disposition')=='guilty plea').sum().alias('a'), pl.len().alias('b'))",
    miller: [
      "put", "$a=$disposition==\"guilty plea\"?1:0;$b=1", "then", "stats1", "-a", "sum", "-f",
      "a,b", "-g", "race", "then", "rename", "a_sum,a,b_sum,b",
    ])

  /// The shares and sizes of both groups in each neighborhood, and the difference of Mantel and
  /// Haenszel over all of them.
  private static let within = Question(
    name: "gap within neighborhood",
    docket: "gap cases disposition=\"guilty plea\" race=Black vs race=White within neighborhood",
    columns: ["disposition", "race", "neighborhood"],
    reading: .table(
      ["neighborhood", "first", "of", "second", "of "], figure: "adjusted-difference"),
    names: ["neighborhood", "p", "m", "q", "n", "d"],
    sql: """
      select neighborhood, 1.0*a/m p, m, 1.0*b/n q, n, \
      sum(1.0*(a*n - b*m)/(m+n)) over () / sum(1.0*m*n/(m+n)) over () d from \
      (select neighborhood, count(*) filter (where race='Black') m, \
      count(*) filter (where race='White') n, \
      count(*) filter (where race='Black' and disposition='guilty plea') a, \
      count(*) filter (where race='White' and disposition='guilty plea') b \
      from cases where race in ('Black', 'White') group by 1) where m > 0 and n > 0
      """,
    polars: """
      cases.filter(c('race').is_in(['Black','White'])).group_by('neighborhood').agg(\
      m=(c('race')=='Black').sum().cast(pl.Float64), n=(c('race')=='White').sum().cast(pl.Float64), \
      a=((c('race')=='Black') & (c('disposition')=='guilty plea')).sum().cast(pl.Float64), \
      b=((c('race')=='White') & (c('disposition')=='guilty plea')).sum().cast(pl.Float64))\
      .filter((c('m')>0) & (c('n')>0)).select('neighborhood', 'm', 'n', p=c('a')/c('m'), \
      q=c('b')/c('n'), d=((c('a')*c('n')-c('b')*c('m'))/(c('m')+c('n'))).sum()\
      /(c('m')*c('n')/(c('m')+c('n'))).sum())
      """,
    miller: [
      "filter", "$race==\"Black\" || $race==\"White\"", "then", "put",
      "$m=$race==\"Black\"?1:0;$n=1-$m;$a=$disposition==\"guilty plea\"?$m:0;"
        + "$b=$disposition==\"guilty plea\"?$n:0", "then", "stats1", "-a", "sum", "-f", "m,n,a,b",
      "-g", "neighborhood", "then", "rename", "m_sum,m,n_sum,n,a_sum,a,b_sum,b", "then", "filter",
      "$m>0 && $n>0", "then", "put", "-q",
      "$p=$a/$m;$q=$b/$n;@x+=($a*$n-$b*$m)/($m+$n);@y+=$m*$n/($m+$n);@k+=1;@r[@k]=$*;"
        + "end{for(k,v in @r){v[\"d\"]=@x/@y;emit v}}",
    ])

  /// The first rows of those that are asked for, and how many there are: Docket says both.
  private static let list = Question(
    name: "list 20 rows, and count them",
    docket: "list cases race=Black where method=warrant limit 20",
    reading: .table(CaseFile.columns, figure: "count"), names: CaseFile.columns + ["n"],
    sql: "select *, (select count(*) from cases where race='Black' and method='warrant') n "
      + "from cases where race='Black' and method='warrant' limit 20",
    polars: "cases.filter((c('race')=='Black') & (c('method')=='warrant'))"
      + ".with_columns(pl.len().alias('n')).head(20)",
    miller: [
      "filter", "$race==\"Black\" && $method==\"warrant\"", "then", "put", "-q",
      "@n+=1;if(@n<=20){@r[@n]=$*}end{for(k,v in @r){v[\"n\"]=@n;emit v}}",
    ])

  /// The same rows where peers may stop at the twentieth; beside the suite, for what it costs that
  /// Docket counts all.
  static let firstRows = Question(
    name: "20 rows alone",
    docket: "list cases race=Black where method=warrant limit 20",
    reading: .table(CaseFile.columns), names: CaseFile.columns,
    sql: "select * from cases where race='Black' and method='warrant' limit 20",
    polars: "cases.filter((c('race')=='Black') & (c('method')=='warrant')).head(20)",
    miller: [
      "filter", "$race==\"Black\" && $method==\"warrant\"", "then", "head", "-n", "20",
    ])

  /// Asked of the field with the most values.
  static let manyValues: [Question] = [
    distinctPeople,
    Question(
      name: "the ten most frequent people", docket: "count cases by id top 10",
      reading: .table(["id", "rows"]), names: ["id", "n"],
      sql: "select id, count(*) n from cases group by 1 order by 2 desc, 1 limit 10"),
  ]
}
