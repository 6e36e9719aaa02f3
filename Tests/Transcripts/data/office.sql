CREATE TABLE cases (
  case_id TEXT PRIMARY KEY, received DATE, race TEXT, age INTEGER, filed BOOLEAN, cost DECIMAL(10, 2)
);
INSERT INTO cases VALUES
  ('A1', '2020-01-05', 'Black', 30, 1, 100.10),
  ('A2', '2020-02-11', 'White', 41, 0, 20.20),
  ('A3', '2020-02-20', NULL, 25, 1, 0.10),
  ('A4', '2021-07-01', 'Black', NULL, 1, 250);
CREATE TABLE officers (badge TEXT PRIMARY KEY, name TEXT);
INSERT INTO officers VALUES ('007', 'Ann'), ('012', 'Bob');
CREATE VIEW recent AS SELECT * FROM cases WHERE received >= '2021-01-01';
