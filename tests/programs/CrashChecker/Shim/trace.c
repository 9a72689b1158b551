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
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static int trace = -1;
static volatile sig_atomic_t dying;

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

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* A SIGKILL from outside can fall between a call and its record, and the files then hold what the trace does not. So the daemon is asked
 * to kill itself, and does it while no call is under way. Trying a mutex is safe here: the handler uses nothing else, and never waits. */
static void asked_to_die(int signal) {
    dying = 1;
    if (pthread_mutex_trylock(&gate) == 0) die(); /* else its holder does it */
}

__attribute__((constructor)) static void trace_start(void) {
    struct sigaction action = { .sa_handler = asked_to_die, .sa_flags = SA_RESTART };
    if (getenv("CHAT_SHIM_TRACE") && sigaction(DEATH_SIGNAL, &action, NULL) != 0) abort();
}

static void enter(void) {
    pthread_mutex_lock(&gate);
    if (dying) die();
}

static void leave(void) {
    pthread_mutex_unlock(&gate);
    if (dying) die();
}

int64_t trace_begin(void) {
    enter();
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
    leave();
    errno = error;
}

/* Nothing happened. */
void trace_skip(void) {
    leave();
}
