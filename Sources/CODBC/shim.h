#pragma once
#include <sql.h>
#include <sqlext.h>
#include <sqlucode.h>

/* Attributes are numbers that are handed over as addresses. */
static inline SQLRETURN docket_odbc_set_environment(SQLHENV handle, SQLINTEGER name,
                                                    SQLULEN value) {
  return SQLSetEnvAttr(handle, name, (SQLPOINTER)value, SQL_IS_UINTEGER);
}

static inline SQLRETURN docket_odbc_set_connection(SQLHDBC handle, SQLINTEGER name,
                                                   SQLULEN value) {
  return SQLSetConnectAttr(handle, name, (SQLPOINTER)value, SQL_IS_UINTEGER);
}

static inline SQLRETURN docket_odbc_set_statement(SQLHSTMT handle, SQLINTEGER name,
                                                  SQLULEN value) {
  return SQLSetStmtAttr(handle, name, (SQLPOINTER)value, SQL_IS_UINTEGER);
}
