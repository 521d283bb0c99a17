-- Which tables sync, and which policy shows a value among concurrent writes (`latest` where none is named).
INSERT INTO sync_table(name) VALUES
  ('office'), ('institution'), ('role'), ('partner'), ('component'), ('activity'), ('product'), ('result'),
  ('indicator'), ('indicator_role'), ('indicator_target'), ('training_session'), ('session_indicator'),
  ('participant'), ('attendance'), ('group_score'), ('deliverable'), ('measurement'), ('person_link'),
  ('period_close');

INSERT INTO sync_policy(table_name, column_name, policy) VALUES
  ('attendance', 'pre_score', 'manual'),
  ('attendance', 'post_score', 'manual'),
  ('attendance', 'notes', 'append'),
  ('group_score', 'pre_mean', 'manual'),
  ('group_score', 'post_mean', 'manual'),
  ('participant', 'document_type', 'manual'),
  ('participant', 'document_number', 'manual'),
  ('participant', 'paternal_surname', 'name'),
  ('participant', 'maternal_surname', 'name'),
  ('participant', 'given_names', 'name'),
  ('participant', 'notes', 'append'),
  ('training_session', 'notes', 'append');
