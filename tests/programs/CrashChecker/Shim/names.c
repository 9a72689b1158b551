/* The calls that create, open, rename and delete. */
#include "shim.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name)) dlsym(RTLD_NEXT, #name)

static int opened(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode) {
    struct fault fault = fault_for(CALL_OPEN, path);
    int64_t begin = trace_begin();
    if (fault.error) {
        errno = fault.error;
        trace_end(FAILED, -1, begin, CALL_OPEN, -fault.error, path, NULL, 0);
        return -1;
    }
    bool existed = access(path, F_OK) == 0;
    int fd = real(path, flags, mode);
    if (fd < 0) {
        trace_skip();
        return fd;
    }
    watch_add(fd, path);
    trace_end(OPENED, fd, begin, (existed ? 0 : 1) + (flags & O_TRUNC ? 2 : 0), fd, path, NULL, 0);
    return fd;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        mode_t mode = 0; \
        if (flags & (O_CREAT | __O_TMPFILE)) { \
            va_list rest; \
            va_start(rest, flags); \
            mode = va_arg(rest, mode_t); \
            va_end(rest); \
        } \
        return watch_covers(path) ? opened(real, path, flags, mode) : real(path, flags, mode); \
    }

OPEN(open)
OPEN(open64)

int close(int fd) {
    REAL(close);
    const char *path = watch_path(fd);
    if (!path) return real(fd);
    int64_t begin = trace_begin();
    watch_remove(fd);
    int result = real(fd);
    trace_end(CLOSED, fd, begin, 0, result, path, NULL, 0);
    return result;
}

static int named(int (*real)(const char *, const char *), const char *from, const char *to, enum kind kind) {
    if (!watch_covers(from) && !watch_covers(to)) return real(from, to);
    char both[2 * PATH_MAX + 2];
    size_t length = strlen(from);
    snprintf(both, PATH_MAX, "%s", from);
    snprintf(both + length + 1, PATH_MAX, "%s", to);
    int64_t begin = trace_begin();
    int result = real(from, to);
    if (result == 0) trace_end(kind, -1, begin, 0, result, both, NULL, 0);
    else trace_skip();
    return result;
}

int rename(const char *from, const char *to) {
    REAL(rename);
    return named(real, from, to, RENAMED);
}

int link(const char *from, const char *to) {
    REAL(link);
    return named(real, from, to, LINKED);
}

static int removed(int (*real)(const char *), const char *path, enum kind kind) {
    if (!watch_covers(path)) return real(path);
    int64_t begin = trace_begin();
    int result = real(path);
    if (result == 0) trace_end(kind, -1, begin, 0, result, path, NULL, 0);
    else trace_skip();
    return result;
}

int unlink(const char *path) {
    REAL(unlink);
    return removed(real, path, UNLINKED);
}

int rmdir(const char *path) {
    REAL(rmdir);
    return removed(real, path, REMOVED_FOLDER);
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    if (!watch_covers(path)) return real(path, mode);
    int64_t begin = trace_begin();
    int result = real(path, mode);
    if (result == 0) trace_end(MADE_FOLDER, -1, begin, 0, result, path, NULL, 0);
    else trace_skip();
    return result;
}

#define MAP(name, offset_type) \
    void *name(void *address, size_t length, int protection, int flags, int fd, offset_type offset) { \
        REAL(name); \
        void *result = real(address, length, protection, flags, fd, offset); \
        const char *path = fd >= 0 && (flags & MAP_SHARED) && (protection & PROT_WRITE) ? watch_path(fd) : NULL; \
        if (path && result != MAP_FAILED) trace_end(MAPPED, fd, trace_begin(), offset, length, path, NULL, 0); \
        return result; \
    }

MAP(mmap, off_t)
MAP(mmap64, off64_t)
