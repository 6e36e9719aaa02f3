// What Swift's Glibc leaves out: the kind of file system that a file is on, and how memory is fetched.
#pragma once
#include <malloc.h>
#include <sys/vfs.h>
