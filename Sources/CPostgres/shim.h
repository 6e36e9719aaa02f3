#pragma once
#include <libpq-fe.h>

/* A macro with a character, which Swift does not import as one number. */
static const int docket_pg_sqlstate = PG_DIAG_SQLSTATE;
static const int docket_pg_primary = PG_DIAG_MESSAGE_PRIMARY;
