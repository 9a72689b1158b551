/* A library to preload into the daemon: it records what the daemon does to the files below a folder, and makes such calls fail.
 *
 * CHAT_SHIM_ROOT     the folder, absolute and without symbolic links
 * CHAT_SHIM_TRACE    the file to record in; see trace.c. If unset, nothing is recorded.
 * CHAT_SHIM_CONTROL  the file that says which calls fail; see faults.c. It may appear and change while the daemon runs.
 * CHAT_SHIM_CLOCK    the file that sets the clock; see clock.c.
 *
 * Not seen: writes to a mapped file. SQLite maps its -shm file, which it builds anew after a crash; MAPPED records name any other.
 */
#define _GNU_SOURCE
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Numbers that the reader of the trace knows. */
enum kind {
    OPENED = 1, WROTE, TRUNCATED, SYNCED, RENAMED, UNLINKED, CLOSED, MADE_FOLDER, REMOVED_FOLDER, MAPPED, FAILED,
    LINKED
};

/* With a trace: SIGKILL once no call is half recorded. The reader of the trace sends it. */
#define DEATH_SIGNAL 40

enum call { CALL_WRITE, CALL_SYNC, CALL_TRUNCATE, CALL_OPEN };

/* What a rule does to a call. */
struct fault {
    int error;    /* fails with it, unless 0 */
    bool shorter; /* writes only half */
    long late;    /* milliseconds until it is recorded */
};

/* watch.c */
void watch_start(void);
bool watch_covers(const char *path);
void watch_add(int fd, const char *path);
void watch_remove(int fd);
const char *watch_path(int fd); /* NULL for a file elsewhere */

/* faults.c: waits, if a rule says so, and returns what else happens. */
struct fault fault_for(enum call call, const char *path);
void fault_wait(long milliseconds);

/* trace.c: one record after the other; the lock is held from before the call until it is recorded. */
int64_t trace_begin(void);
void trace_end(enum kind kind, int fd, int64_t begin, int64_t offset, int64_t result, const char *name, const void *data, size_t length);
void trace_skip(void);
