-- What the offices record. Only keys and what a record cannot be understood without are NOT NULL:
-- a missing value is shown as missing and never keeps a record out. No check compares two columns,
-- since two offices may each change one of them.

CREATE TABLE training_session(
  id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(16)))),
  office_code TEXT NOT NULL REFERENCES office(code) DEFERRABLE INITIALLY DEFERRED,
  code TEXT NOT NULL,                   -- the office's own number, e.g. CUS-2019-014
  title TEXT NOT NULL,
  topic TEXT,
  kind TEXT CHECK (kind IN ('taller', 'curso', 'capacitacion', 'diplomado', 'mentoria', 'evento', 'asistencia_tecnica')),
  modality TEXT CHECK (modality IN ('presencial', 'virtual', 'mixta')),
  status TEXT CHECK (status IN ('planned', 'held', 'postponed', 'cancelled')),
  planned_on TEXT,
  starts_on TEXT,
  ends_on TEXT,
  hours REAL,
  department TEXT,
  province TEXT,
  district TEXT,
  venue TEXT,
  partner_code TEXT REFERENCES partner(code) DEFERRABLE INITIALLY DEFERRED,
  facilitator TEXT,
  notes TEXT
) STRICT;
CREATE INDEX training_session_by_code ON training_session(office_code, code);

CREATE TABLE session_indicator(
  session_id TEXT NOT NULL REFERENCES training_session(id) DEFERRABLE INITIALLY DEFERRED,
  indicator_id TEXT NOT NULL REFERENCES indicator(id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (session_id, indicator_id)
) STRICT;
CREATE INDEX session_indicator_by_indicator ON session_indicator(indicator_id);

CREATE TABLE participant(
  id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(16)))),
  document_type TEXT CHECK (document_type IN ('DNI', 'CE', 'PAS')),
  document_number TEXT,                 -- text: leading zeros count
  paternal_surname TEXT NOT NULL,
  maternal_surname TEXT,
  given_names TEXT NOT NULL,
  sex TEXT CHECK (sex IN ('F', 'M', 'X')),
  institution_code TEXT REFERENCES institution(code) DEFERRABLE INITIALLY DEFERRED,
  role_code TEXT REFERENCES role(code) DEFERRABLE INITIALLY DEFERRED,
  workplace TEXT,
  department TEXT,
  phone TEXT,
  email TEXT,
  notes TEXT
) STRICT;
CREATE INDEX participant_by_document ON participant(document_number);

-- Who came to which session. Institution, role and workplace as they were that day: officials rotate.
CREATE TABLE attendance(
  session_id TEXT NOT NULL REFERENCES training_session(id) DEFERRABLE INITIALLY DEFERRED,
  participant_id TEXT NOT NULL REFERENCES participant(id) DEFERRABLE INITIALLY DEFERRED,
  institution_code TEXT REFERENCES institution(code) DEFERRABLE INITIALLY DEFERRED,
  role_code TEXT REFERENCES role(code) DEFERRABLE INITIALLY DEFERRED,
  workplace TEXT,
  completed INTEGER CHECK (completed IN (0, 1)),
  pre_score REAL CHECK (pre_score >= 0),      -- null: no test sat; never 0 for absent
  post_score REAL CHECK (post_score >= 0),
  score_scale REAL DEFAULT 20 CHECK (score_scale > 0),
  notes TEXT,
  PRIMARY KEY (session_id, participant_id)
) STRICT;
CREATE INDEX attendance_by_participant ON attendance(participant_id);

-- Tests known only by question or region.
CREATE TABLE group_score(
  session_id TEXT NOT NULL REFERENCES training_session(id) DEFERRABLE INITIALLY DEFERRED,
  group_label TEXT NOT NULL,
  department TEXT,
  n_both INTEGER,
  pre_mean REAL,
  post_mean REAL,
  PRIMARY KEY (session_id, group_label)
) STRICT;

CREATE TABLE deliverable(
  id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(16)))),
  code TEXT,                            -- the office's own number
  indicator_id TEXT NOT NULL REFERENCES indicator(id) DEFERRABLE INITIALLY DEFERRED,
  office_code TEXT REFERENCES office(code) DEFERRABLE INITIALLY DEFERRED,
  title TEXT NOT NULL,
  status TEXT CHECK (status IN ('draft', 'submitted', 'approved', 'in_use')),
  delivered_on TEXT,
  quantity REAL,                        -- null counts as 1
  evidence TEXT
) STRICT;
CREATE INDEX deliverable_by_indicator ON deliverable(indicator_id);
CREATE INDEX deliverable_by_code ON deliverable(office_code, code);

-- What is entered, not computed. A measurement counts from the end of its period.
CREATE TABLE measurement(
  indicator_id TEXT NOT NULL REFERENCES indicator(id) DEFERRABLE INITIALLY DEFERRED,
  period TEXT NOT NULL,                 -- 2020T2
  value REAL,
  state TEXT NOT NULL CHECK (state IN ('number', 'not_due', 'unknown')),
  numerator REAL,
  denominator REAL,
  source TEXT,
  PRIMARY KEY (indicator_id, period)
) STRICT;

-- That two participants are one person, or are not. Reversible; counts go by canonical person.
CREATE TABLE person_link(
  id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(16)))),
  participant_id TEXT NOT NULL REFERENCES participant(id) DEFERRABLE INITIALLY DEFERRED,
  same_as TEXT NOT NULL REFERENCES participant(id) DEFERRABLE INITIALLY DEFERRED,
  decision TEXT NOT NULL CHECK (decision IN ('same', 'different')),
  decided_by TEXT,
  decided_at TEXT
) STRICT;
CREATE INDEX person_link_by_participant ON person_link(participant_id);
CREATE INDEX person_link_by_same_as ON person_link(same_as);

CREATE TABLE period_close(
  period TEXT NOT NULL PRIMARY KEY,     -- 2020T2
  cut_off TEXT NOT NULL,
  central_sequence INTEGER,
  definitions_version TEXT,
  closed_by TEXT,
  closed_at TEXT
) STRICT;
