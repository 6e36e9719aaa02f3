#pragma once
#include <spawn.h>
#include <unistd.h>

/* GNU's additions, which the headers hide from Swift's view of the C library. */
int pipe2(int ends[2], int flags);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
