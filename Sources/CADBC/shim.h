#pragma once
#include <stddef.h>
#include <stdint.h>

/* The C interfaces of Apache Arrow (arrow.apache.org/docs/format/CDataInterface.html) and of its
   database drivers (ADBC 1.1.0, arrow.apache.org/adbc), whose layout never changes. Drivers are
   loaded at run time, so that there is nothing to include and nothing to link. */


struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

struct AdbcDriver;

struct AdbcError {
  char* message;
  int32_t vendor_code;
  char sqlstate[5];
  void (*release)(struct AdbcError* error);
  void* private_data;
  struct AdbcDriver* private_driver;
};

struct AdbcDatabase {
  void* private_data;
  struct AdbcDriver* private_driver;
};

struct AdbcConnection {
  void* private_data;
  struct AdbcDriver* private_driver;
};

struct AdbcStatement {
  void* private_data;
  struct AdbcDriver* private_driver;
};

struct AdbcPartitions;


struct AdbcDriver {
  void* private_data;
  void* private_manager;
  uint8_t (*release)(struct AdbcDriver* driver, struct AdbcError* error);
  uint8_t (*DatabaseInit)(struct AdbcDatabase*, struct AdbcError*);
  uint8_t (*DatabaseNew)(struct AdbcDatabase*, struct AdbcError*);
  uint8_t (*DatabaseSetOption)(struct AdbcDatabase*, const char*, const char*, struct AdbcError*);
  uint8_t (*DatabaseRelease)(struct AdbcDatabase*, struct AdbcError*);
  uint8_t (*ConnectionCommit)(struct AdbcConnection*, struct AdbcError*);
  uint8_t (*ConnectionGetInfo)(struct AdbcConnection*, const uint32_t*, size_t,
      struct ArrowArrayStream*, struct AdbcError*);
  uint8_t (*ConnectionGetObjects)(struct AdbcConnection*, int, const char*, const char*,
      const char*, const char**, const char*, struct ArrowArrayStream*, struct AdbcError*);
  uint8_t (*ConnectionGetTableSchema)(struct AdbcConnection*, const char*, const char*,
      const char*, struct ArrowSchema*, struct AdbcError*);
  uint8_t (*ConnectionGetTableTypes)(struct AdbcConnection*, struct ArrowArrayStream*,
      struct AdbcError*);
  uint8_t (*ConnectionInit)(struct AdbcConnection*, struct AdbcDatabase*, struct AdbcError*);
  uint8_t (*ConnectionNew)(struct AdbcConnection*, struct AdbcError*);
  uint8_t (*ConnectionSetOption)(struct AdbcConnection*, const char*, const char*,
      struct AdbcError*);
  uint8_t (*ConnectionReadPartition)(struct AdbcConnection*, const uint8_t*, size_t,
      struct ArrowArrayStream*, struct AdbcError*);
  uint8_t (*ConnectionRelease)(struct AdbcConnection*, struct AdbcError*);
  uint8_t (*ConnectionRollback)(struct AdbcConnection*, struct AdbcError*);
  uint8_t (*StatementBind)(struct AdbcStatement*, struct ArrowArray*, struct ArrowSchema*,
      struct AdbcError*);
  uint8_t (*StatementBindStream)(struct AdbcStatement*, struct ArrowArrayStream*,
      struct AdbcError*);
  uint8_t (*StatementExecuteQuery)(struct AdbcStatement*, struct ArrowArrayStream*, int64_t*,
      struct AdbcError*);
  uint8_t (*StatementExecutePartitions)(struct AdbcStatement*, struct ArrowSchema*,
      struct AdbcPartitions*, int64_t*, struct AdbcError*);
  uint8_t (*StatementGetParameterSchema)(struct AdbcStatement*, struct ArrowSchema*,
      struct AdbcError*);
  uint8_t (*StatementNew)(struct AdbcConnection*, struct AdbcStatement*, struct AdbcError*);
  uint8_t (*StatementPrepare)(struct AdbcStatement*, struct AdbcError*);
  uint8_t (*StatementRelease)(struct AdbcStatement*, struct AdbcError*);
  uint8_t (*StatementSetOption)(struct AdbcStatement*, const char*, const char*, struct AdbcError*);
  uint8_t (*StatementSetSqlQuery)(struct AdbcStatement*, const char*, struct AdbcError*);
  uint8_t (*StatementSetSubstraitPlan)(struct AdbcStatement*, const uint8_t*, size_t,
      struct AdbcError*);
  /* From here on, only drivers of version 1.1.0. */
  int (*ErrorGetDetailCount)(const struct AdbcError* error);
  void (*ErrorGetDetail)(void);
  const struct AdbcError* (*ErrorFromArrayStream)(struct ArrowArrayStream* stream, uint8_t* status);
  uint8_t (*DatabaseGetOption)(struct AdbcDatabase*, const char*, char*, size_t*,
      struct AdbcError*);
  uint8_t (*DatabaseGetOptionBytes)(struct AdbcDatabase*, const char*, uint8_t*, size_t*,
      struct AdbcError*);
  uint8_t (*DatabaseGetOptionDouble)(struct AdbcDatabase*, const char*, double*, struct AdbcError*);
  uint8_t (*DatabaseGetOptionInt)(struct AdbcDatabase*, const char*, int64_t*, struct AdbcError*);
  uint8_t (*DatabaseSetOptionBytes)(struct AdbcDatabase*, const char*, const uint8_t*, size_t,
      struct AdbcError*);
  uint8_t (*DatabaseSetOptionDouble)(struct AdbcDatabase*, const char*, double, struct AdbcError*);
  uint8_t (*DatabaseSetOptionInt)(struct AdbcDatabase*, const char*, int64_t, struct AdbcError*);
  uint8_t (*ConnectionCancel)(struct AdbcConnection*, struct AdbcError*);
  uint8_t (*ConnectionGetOption)(struct AdbcConnection*, const char*, char*, size_t*,
      struct AdbcError*);
  uint8_t (*ConnectionGetOptionBytes)(struct AdbcConnection*, const char*, uint8_t*, size_t*,
      struct AdbcError*);
  uint8_t (*ConnectionGetOptionDouble)(struct AdbcConnection*, const char*, double*,
      struct AdbcError*);
  uint8_t (*ConnectionGetOptionInt)(struct AdbcConnection*, const char*, int64_t*,
      struct AdbcError*);
  uint8_t (*ConnectionGetStatistics)(struct AdbcConnection*, const char*, const char*,
      const char*, char, struct ArrowArrayStream*, struct AdbcError*);
  uint8_t (*ConnectionGetStatisticNames)(struct AdbcConnection*, struct ArrowArrayStream*,
      struct AdbcError*);
  uint8_t (*ConnectionSetOptionBytes)(struct AdbcConnection*, const char*, const uint8_t*,
      size_t, struct AdbcError*);
  uint8_t (*ConnectionSetOptionDouble)(struct AdbcConnection*, const char*, double,
      struct AdbcError*);
  uint8_t (*ConnectionSetOptionInt)(struct AdbcConnection*, const char*, int64_t,
      struct AdbcError*);
  uint8_t (*StatementCancel)(struct AdbcStatement*, struct AdbcError*);
  uint8_t (*StatementExecuteSchema)(struct AdbcStatement*, struct ArrowSchema*, struct AdbcError*);
  uint8_t (*StatementGetOption)(struct AdbcStatement*, const char*, char*, size_t*,
      struct AdbcError*);
  uint8_t (*StatementGetOptionBytes)(struct AdbcStatement*, const char*, uint8_t*, size_t*,
      struct AdbcError*);
  uint8_t (*StatementGetOptionDouble)(struct AdbcStatement*, const char*, double*,
      struct AdbcError*);
  uint8_t (*StatementGetOptionInt)(struct AdbcStatement*, const char*, int64_t*, struct AdbcError*);
  uint8_t (*StatementSetOptionBytes)(struct AdbcStatement*, const char*, const uint8_t*, size_t,
      struct AdbcError*);
  uint8_t (*StatementSetOptionDouble)(struct AdbcStatement*, const char*, double,
      struct AdbcError*);
  uint8_t (*StatementSetOptionInt)(struct AdbcStatement*, const char*, int64_t, struct AdbcError*);
};

typedef uint8_t (*AdbcDriverInitFunction)(int version, void* driver, struct AdbcError* error);
