-- What a closed period's report says, kept whole so that it can be printed again; and the texts that go with
-- a period's report.
ALTER TABLE period_close ADD COLUMN result BLOB;  -- the report's data set: JSON with sorted keys, zstd

CREATE TABLE period_text(
  period TEXT NOT NULL,                 -- 2020T2
  section TEXT NOT NULL,                -- summary, progress, challenges, lessons, budget, plan
  office_code TEXT NOT NULL REFERENCES office(code) DEFERRABLE INITIALLY DEFERRED,  -- whose text it is
  language TEXT NOT NULL CHECK (language IN ('es', 'en')),
  body TEXT,                            -- paragraphs, an empty line between them
  PRIMARY KEY (period, section, office_code, language)
) STRICT;
CREATE INDEX period_text_by_office ON period_text(office_code);
INSERT INTO sync_table(name) VALUES ('period_text');
