/* A disk that fails: what is preloaded lets calls on files of one name give EIO (or ENOSPC) from the n-th on.

   FAIL_IN     part of the path of the files
   FAIL_CALL   read or write
   FAIL_AFTER  calls that go well before, of each process
   FAIL_WITH   number of the error */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST 4096

static char marked[MOST];
static long calls;

static void mark(int file, const char *path) {
    const char *part = getenv("FAIL_IN");
    if (file >= 0 && file < MOST)
        marked[file] = part != NULL && path != NULL && strstr(path, part) != NULL;
}

static int fails(int file, const char *call) {
    const char *which = getenv("FAIL_CALL"), *after = getenv("FAIL_AFTER"), *with = getenv("FAIL_WITH");
    if (file < 0 || file >= MOST || !marked[file] || which == NULL || strcmp(which, call) != 0)
        return 0;
    if (calls++ < (after ? atol(after) : 0))
        return 0;
    errno = with ? atoi(with) : EIO;
    return 1;
}

#define OPEN(name)                                                                                      \
    int name(const char *path, int flags, ...) {                                                       \
        static int (*real)(const char *, int, ...);                                                    \
        va_list rest;                                                                                  \
        va_start(rest, flags);                                                                         \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0;                      \
        va_end(rest);                                                                                  \
        if (!real)                                                                                     \
            real = dlsym(RTLD_NEXT, #name);                                                            \
        int file = real(path, flags, mode);                                                            \
        mark(file, path);                                                                              \
        return file;                                                                                   \
    }

#define OPENAT(name)                                                                                    \
    int name(int folder, const char *path, int flags, ...) {                                           \
        static int (*real)(int, const char *, int, ...);                                               \
        va_list rest;                                                                                  \
        va_start(rest, flags);                                                                         \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0;                      \
        va_end(rest);                                                                                  \
        if (!real)                                                                                     \
            real = dlsym(RTLD_NEXT, #name);                                                            \
        int file = real(folder, path, flags, mode);                                                    \
        mark(file, path);                                                                              \
        return file;                                                                                   \
    }

#define TRANSFER(name, call, ...)                                                                       \
    {                                                                                                  \
        if (fails(file, call))                                                                         \
            return -1;                                                                                 \
        if (!real)                                                                                     \
            real = dlsym(RTLD_NEXT, #name);                                                            \
        return real(__VA_ARGS__);                                                                      \
    }

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

ssize_t read(int file, void *into, size_t size) {
    static ssize_t (*real)(int, void *, size_t);
    TRANSFER(read, "read", file, into, size)
}

ssize_t write(int file, const void *from, size_t size) {
    static ssize_t (*real)(int, const void *, size_t);
    TRANSFER(write, "write", file, from, size)
}

ssize_t pread64(int file, void *into, size_t size, off64_t at) {
    static ssize_t (*real)(int, void *, size_t, off64_t);
    TRANSFER(pread64, "read", file, into, size, at)
}

ssize_t pwrite64(int file, const void *from, size_t size, off64_t at) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    TRANSFER(pwrite64, "write", file, from, size, at)
}

int fsync(int file) {
    static int (*real)(int);
    TRANSFER(fsync, "write", file)
}

int fdatasync(int file) {
    static int (*real)(int);
    TRANSFER(fdatasync, "write", file)
}
