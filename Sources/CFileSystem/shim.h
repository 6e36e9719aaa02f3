// The kind of file system that a file is on, which Swift's Glibc leaves out.
#pragma once
#include <sys/vfs.h>
