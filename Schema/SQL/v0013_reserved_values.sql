-- What an office reads in the place of the values of persons whom it did not train, where that is so decided.

UPDATE sync_personal SET reserved = '#' WHERE column_name = 'document_number';
UPDATE sync_personal SET reserved = '(reservado)' WHERE column_name IN ('paternal_surname', 'given_names');
