-- What the pages keep of a person whose data were erased: unsaved forms, files on their way in, and values that
-- stood in decisions.
INSERT INTO sync_forget(table_name, statement) VALUES
  ('participant', 'DELETE FROM web_draft WHERE form IN (''import'', ''participant/new'') OR form LIKE ''%'' || ?1 OR content LIKE ''%'' || ?1 || ''%'''),
  ('participant', 'DELETE FROM web_decision WHERE table_name = ''participant'' AND key LIKE ''%'' || ?1 || ''%''');
