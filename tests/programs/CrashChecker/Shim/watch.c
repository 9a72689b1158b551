/* Which descriptors lead to files below the folder. */
#include "shim.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define DESCRIPTORS 65536

static const char *root;
static size_t root_length;
static char *paths[DESCRIPTORS];

__attribute__((constructor)) void watch_start(void) {
    const char *value = getenv("CHAT_SHIM_ROOT");
    if (!value || root) return;
    root_length = strlen(value);
    root = value;
}

bool watch_covers(const char *path) {
    watch_start();
    return root && path && strncmp(path, root, root_length) == 0 && (path[root_length] == '/' || path[root_length] == 0);
}

/* Paths are never freed: another thread may be using one. A daemon opens few files. */
void watch_add(int fd, const char *path) {
    if (fd >= 0 && fd < DESCRIPTORS) __atomic_store_n(&paths[fd], strdup(path), __ATOMIC_SEQ_CST);
}

void watch_remove(int fd) {
    if (fd >= 0 && fd < DESCRIPTORS) __atomic_store_n(&paths[fd], NULL, __ATOMIC_SEQ_CST);
}

const char *watch_path(int fd) {
    return fd >= 0 && fd < DESCRIPTORS ? __atomic_load_n(&paths[fd], __ATOMIC_SEQ_CST) : NULL;
}
