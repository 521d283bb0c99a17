-- Which rows belong to an office, and which values are about a person.

INSERT INTO sync_owner(table_name, via) VALUES
  ('training_session', 'office_code'),
  ('session_indicator', 'session_id'),
  ('attendance', 'session_id'),
  ('group_score', 'session_id'),
  ('deliverable', 'office_code');

-- What counts and indicators rest on stays: sex, institution, role, workplace, department,
-- attendance and scores. A document's type stays too, and one number takes the place of
-- the person's: rows that were one person's still are.
INSERT INTO sync_personal(table_name, column_name, replacement) VALUES
  ('participant', 'document_number', '#'),
  ('participant', 'paternal_surname', '(borrado)'),
  ('participant', 'maternal_surname', NULL),
  ('participant', 'given_names', '(borrado)'),
  ('participant', 'phone', NULL),
  ('participant', 'email', NULL),
  ('participant', 'notes', NULL),
  ('attendance', 'notes', NULL);

-- What an import remembers of a person: the last part of its key is the participant.
INSERT INTO sync_forget(table_name, statement) VALUES
  ('participant', 'DELETE FROM import_memory WHERE kind = ''attendance'' AND row_key LIKE ''%'' || char(9) || ?1');
