/* Records calls, in the order in which they took effect. A record, in the machine's byte order:
 *
 *     int32 kind, int32 descriptor, int64 begin, int64 end, int64 offset, int64 result, int32 name bytes, int32 data bytes, name, data
 *
 * Times are nanoseconds of CLOCK_MONOTONIC. Offset is where WROTE wrote, the length that TRUNCATED left, and for OPENED 1 if the file
 * was created, plus 2 if it was emptied. RENAMED and LINKED have both names, with a zero between.
 */
#include "shim.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static int trace = -1;

struct __attribute__((packed)) head {
    int32_t kind, fd;
    int64_t begin, end, offset, result;
    int32_t name_length, data_length;
};

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void open_trace(void) {
    const char *path = getenv("CHAT_SHIM_TRACE");
    if (trace >= 0 || !path) return;
    int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open64");
    trace = real_open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (trace < 0) abort(); /* a run without its record would prove nothing */
}

static void put(const struct iovec *parts, int count) {
    ssize_t (*real_writev)(int, const struct iovec *, int) = dlsym(RTLD_NEXT, "writev");
    ssize_t length = 0;
    for (int i = 0; i < count; i++) length += parts[i].iov_len;
    if (real_writev(trace, parts, count) != length) abort();
}

int64_t trace_begin(void) {
    pthread_mutex_lock(&gate);
    open_trace();
    return now();
}

void trace_end(enum kind kind, int fd, int64_t begin, int64_t offset, int64_t result, const char *name, const void *data, size_t length) {
    int error = errno;
    size_t name_length = name ? strlen(name) : 0;
    if (kind == RENAMED || kind == LINKED) name_length += 1 + strlen(name + name_length + 1);
    if (trace >= 0) {
        struct head head = { kind, fd, begin, now(), offset, result, name_length, length };
        struct iovec parts[] = { { &head, sizeof head }, { (void *) name, name_length }, { (void *) data, length } };
        put(parts, 3);
    }
    pthread_mutex_unlock(&gate);
    errno = error;
}

/* Nothing happened. */
void trace_skip(void) {
    pthread_mutex_unlock(&gate);
}
