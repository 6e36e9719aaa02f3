CREATE TABLE cases (case_id TEXT, race TEXT);
INSERT INTO cases VALUES ('A1', 'Black'), ('A2', x'00ff'), ('A3', 'White'), ('A4', 'Black');
CREATE TABLE officers (badge TEXT, name TEXT);
INSERT INTO officers VALUES ('007', 'Ann'), ('012', 'Bob');
