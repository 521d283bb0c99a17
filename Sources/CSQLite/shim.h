#include <sqlite3.h>

/// Turns this connection's triggers on or off. Swift cannot call the variadic sqlite3_db_config.
static inline int quipu_set_triggers(sqlite3 *connection, int enabled) {
  return sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_TRIGGER, enabled, (int *)0);
}

/// SQLITE_STATIC and SQLITE_TRANSIENT are casts, which Swift does not import.
static inline int quipu_bind_text(sqlite3_stmt *statement, int index, const char *bytes, int length) {
  return sqlite3_bind_text(statement, index, bytes, length, SQLITE_STATIC);
}
static inline int quipu_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int length) {
  return sqlite3_bind_blob(statement, index, bytes, length, SQLITE_STATIC);
}
static inline int quipu_bind_text_copy(sqlite3_stmt *statement, int index, const void *bytes, int length) {
  return sqlite3_bind_text(statement, index, (const char *)bytes, length, SQLITE_TRANSIENT);
}
static inline int quipu_bind_blob_copy(sqlite3_stmt *statement, int index, const void *bytes, int length) {
  return sqlite3_bind_blob(statement, index, bytes, length, SQLITE_TRANSIENT);
}
