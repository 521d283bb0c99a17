-- Catalogs: written by the centre, the same on every replica from its first day.

CREATE TABLE office(
  code TEXT NOT NULL PRIMARY KEY,
  name_es TEXT NOT NULL,
  name_en TEXT,
  kind TEXT,
  inei_department TEXT                  -- INEI code of the department; RENIEC numbers the same departments otherwise
) STRICT;

CREATE TABLE institution(
  code TEXT NOT NULL PRIMARY KEY,
  acronym TEXT,
  name_es TEXT NOT NULL,
  name_en TEXT,
  kind TEXT,
  parent TEXT
) STRICT;

CREATE TABLE role(
  code TEXT NOT NULL PRIMARY KEY,
  name_es TEXT NOT NULL,
  name_en TEXT,
  authority_type TEXT,
  parent TEXT
) STRICT;

CREATE TABLE partner(
  code TEXT NOT NULL PRIMARY KEY,
  name_es TEXT NOT NULL,
  name_en TEXT,
  kind TEXT,
  parent TEXT
) STRICT;

CREATE TABLE component(
  code TEXT NOT NULL PRIMARY KEY,
  name_es TEXT NOT NULL,
  name_en TEXT,
  parent TEXT
) STRICT;

CREATE TABLE activity(
  code TEXT NOT NULL PRIMARY KEY,
  name_es TEXT NOT NULL,
  name_en TEXT,
  parent TEXT,                          -- component
  owner TEXT
) STRICT;

CREATE TABLE product(
  code TEXT NOT NULL PRIMARY KEY,
  name_es TEXT NOT NULL,
  name_en TEXT,
  parent TEXT,                          -- component
  activity_code TEXT,
  owner TEXT
) STRICT;

CREATE TABLE result(
  code TEXT NOT NULL PRIMARY KEY,
  name_es TEXT NOT NULL,
  name_en TEXT,
  parent TEXT,                          -- component
  activity_code TEXT,
  product_code TEXT
) STRICT;

CREATE TABLE indicator(
  id TEXT NOT NULL PRIMARY KEY,         -- level and code: 37 codes exist at both levels
  level TEXT NOT NULL CHECK (level IN ('product', 'result')),
  code TEXT NOT NULL,
  parent TEXT,                          -- product or result
  name_es TEXT NOT NULL,
  name_en TEXT,
  unit TEXT,
  computation TEXT,
  filter TEXT,
  baseline REAL,
  baseline_state TEXT,
  owner TEXT,
  is_key INTEGER NOT NULL DEFAULT 0,
  retired_on TEXT
) STRICT;

-- Whose attendance counts for the indicator: the role as it was that day.
CREATE TABLE indicator_role(
  indicator_id TEXT NOT NULL REFERENCES indicator(id) DEFERRABLE INITIALLY DEFERRED,
  role_code TEXT NOT NULL REFERENCES role(code) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (indicator_id, role_code)
) STRICT;

-- A target holds from its date until the next one's.
CREATE TABLE indicator_target(
  indicator_id TEXT NOT NULL REFERENCES indicator(id) DEFERRABLE INITIALLY DEFERRED,
  valid_from TEXT NOT NULL,
  target REAL,
  note TEXT,
  PRIMARY KEY (indicator_id, valid_from)
) STRICT;
