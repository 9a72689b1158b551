/* The calls that change and sync what is in files. */
#include "shim.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name)) dlsym(RTLD_NEXT, #name)

static ssize_t failed(enum call call, int fd, int error, const char *path, int64_t begin) {
    errno = error;
    trace_end(FAILED, fd, begin, call, -error, path, NULL, 0);
    return -1;
}

static ssize_t wrote(int fd, const void *data, size_t length, off64_t offset, const char *path) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = (__typeof__(real)) dlsym(RTLD_NEXT, "pwrite64");
    struct fault fault = fault_for(CALL_WRITE, path);
    int64_t begin = trace_begin();
    if (fault.error) return failed(CALL_WRITE, fd, fault.error, path, begin);
    if (fault.shorter && length > 1) length /= 2;
    ssize_t result = real(fd, data, length, offset);
    fault_wait(fault.late);
    if (result > 0) trace_end(WROTE, fd, begin, offset, result, NULL, data, result);
    else trace_skip();
    return result;
}

/* Where write() would write. Nobody else uses the descriptor meanwhile: its users have locks of their own. */
static off64_t place_of(int fd) {
    return fcntl(fd, F_GETFL) & O_APPEND ? lseek64(fd, 0, SEEK_END) : lseek64(fd, 0, SEEK_CUR);
}

ssize_t write(int fd, const void *data, size_t length) {
    REAL(write);
    const char *path = watch_path(fd);
    if (!path) return real(fd, data, length);
    off64_t place = place_of(fd);
    ssize_t result = wrote(fd, data, length, place, path);
    if (result > 0) lseek64(fd, place + result, SEEK_SET);
    return result;
}

#define PWRITE(name, offset_type) \
    ssize_t name(int fd, const void *data, size_t length, offset_type offset) { \
        REAL(name); \
        const char *path = watch_path(fd); \
        return path ? wrote(fd, data, length, offset, path) : real(fd, data, length, offset); \
    }

PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

static ssize_t wrote_parts(int fd, const struct iovec *parts, int count, off64_t offset, const char *path) {
    ssize_t all = 0;
    for (int i = 0; i < count; i++) {
        ssize_t result = wrote(fd, parts[i].iov_base, parts[i].iov_len, offset + all, path);
        if (result < 0) return all > 0 ? all : result;
        all += result;
        if ((size_t) result < parts[i].iov_len) break;
    }
    return all;
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
    REAL(pwritev64);
    const char *path = watch_path(fd);
    return path ? wrote_parts(fd, parts, count, offset, path) : real(fd, parts, count, offset);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(writev);
    const char *path = watch_path(fd);
    if (!path) return real(fd, parts, count);
    off64_t place = place_of(fd);
    ssize_t result = wrote_parts(fd, parts, count, place, path);
    if (result > 0) lseek64(fd, place + result, SEEK_SET);
    return result;
}

static int truncated(int (*real)(int, off64_t), int fd, off64_t length, const char *path) {
    struct fault fault = fault_for(CALL_TRUNCATE, path);
    int64_t begin = trace_begin();
    if (fault.error) return failed(CALL_TRUNCATE, fd, fault.error, path, begin);
    int result = real(fd, length);
    if (result == 0) trace_end(TRUNCATED, fd, begin, length, result, NULL, NULL, 0);
    else trace_skip();
    return result;
}

#define TRUNCATE(name, offset_type) \
    int name(int fd, offset_type length) { \
        REAL(name); \
        const char *path = watch_path(fd); \
        return path ? truncated((int (*)(int, off64_t)) real, fd, length, path) : real(fd, length); \
    }

TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

/* A sync that fails is recorded with its result: the kernel may have dropped what it could not write. */
static int synced(int (*real)(int), int fd, const char *path) {
    struct fault fault = fault_for(CALL_SYNC, path);
    int64_t begin = trace_begin();
    int result = fault.error ? -1 : real(fd);
    if (fault.error) errno = fault.error;
    trace_end(SYNCED, fd, begin, 0, result, NULL, NULL, 0);
    return result;
}

int fsync(int fd) {
    REAL(fsync);
    const char *path = watch_path(fd);
    return path ? synced(real, fd, path) : real(fd);
}

int fdatasync(int fd) {
    REAL(fdatasync);
    const char *path = watch_path(fd);
    return path ? synced(real, fd, path) : real(fd);
}

/* Growing a file without writing is left out: its length then comes from the writes. */
int fallocate64(int fd, int mode, off64_t offset, off64_t length) {
    REAL(fallocate64);
    if (!watch_path(fd)) return real(fd, mode, offset, length);
    errno = EOPNOTSUPP;
    return -1;
}

/* Copies inside the kernel would pass unseen: the caller reads and writes instead. */
ssize_t sendfile64(int to, int from, off64_t *offset, size_t count) {
    REAL(sendfile64);
    if (!watch_path(to)) return real(to, from, offset, count);
    errno = EINVAL;
    return -1;
}

long syscall(long number, ...) {
    static long (*real)(long, ...);
    if (!real) real = (__typeof__(real)) dlsym(RTLD_NEXT, "syscall");
    long arguments[6];
    va_list rest;
    va_start(rest, number);
    for (int i = 0; i < 6; i++) arguments[i] = va_arg(rest, long);
    va_end(rest);
    if (number == SYS_copy_file_range && watch_path(arguments[2])) {
        errno = EXDEV;
        return -1;
    }
    return real(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
}

ssize_t copy_file_range(int from, off64_t *from_offset, int to, off64_t *to_offset, size_t count, unsigned int flags) {
    REAL(copy_file_range);
    if (!watch_path(to)) return real(from, from_offset, to, to_offset, count, flags);
    errno = EXDEV;
    return -1;
}

int ioctl(int fd, unsigned long request, ...) {
    va_list rest;
    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    static int (*real)(int, unsigned long, ...);
    if (!real) real = (__typeof__(real)) dlsym(RTLD_NEXT, "ioctl");
    if (request != FICLONE || !watch_path(fd)) return real(fd, request, argument);
    errno = EOPNOTSUPP;
    return -1;
}
