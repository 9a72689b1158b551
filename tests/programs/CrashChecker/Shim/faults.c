/* The rules of the control file, one per line:
 *
 *     CALL PATTERN SKIP COUNT ACTION [VALUE]
 *
 * CALL is write, sync, truncate or open; PATTERN is matched with the whole path, as by a shell. The rule leaves the first SKIP matching
 * calls alone and acts on the next COUNT ones (-1: all). ACTION is "error" with ENOSPC, EDQUOT, EFBIG or EIO, "short" (writes half),
 * "delay MILLISECONDS", or "late MILLISECONDS", which waits between a write and its record. A
 * changed file is read again, and its rules count from the beginning. Replace the file by renaming another.
 */
#include "shim.h"
#include <errno.h>
#include <fnmatch.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define RULES 16

struct rule {
    char call[16], pattern[256], action[16], value[16];
    long skip, count;
};

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static struct rule rules[RULES];
static int rule_count;
static struct stat seen;

static void read_rules(FILE *file) {
    char line[512];
    rule_count = 0;
    while (rule_count < RULES && fgets(line, sizeof line, file)) {
        struct rule *rule = &rules[rule_count];
        memset(rule, 0, sizeof *rule);
        if (sscanf(line, "%15s %255s %ld %ld %15s %15s", rule->call, rule->pattern, &rule->skip, &rule->count, rule->action,
                rule->value) >= 5)
            rule_count++;
    }
}

static void refresh(void) {
    const char *path = getenv("CHAT_SHIM_CONTROL");
    struct stat now;
    if (!path || stat(path, &now) != 0) {
        rule_count = 0;
        return;
    }
    if (now.st_ino == seen.st_ino && now.st_mtim.tv_sec == seen.st_mtim.tv_sec && now.st_mtim.tv_nsec == seen.st_mtim.tv_nsec) return;
    FILE *file = fopen(path, "re");
    if (!file) return;
    read_rules(file);
    fclose(file);
    seen = now;
}

static bool applies(struct rule *rule, const char *call, const char *path) {
    if (strcmp(rule->call, call) != 0 || fnmatch(rule->pattern, path, 0) != 0) return false;
    if (rule->skip > 0) {
        rule->skip--;
        return false;
    }
    if (rule->count == 0) return false;
    if (rule->count > 0) rule->count--;
    return true;
}

static int number_of(const char *error) {
    static const struct { const char *name; int number; } errors[] = {
        { "ENOSPC", ENOSPC }, { "EDQUOT", EDQUOT }, { "EFBIG", EFBIG }, { "EIO", EIO },
    };
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strcmp(error, errors[i].name) == 0) return errors[i].number;
    return atoi(error);
}

void fault_wait(long milliseconds) {
    if (milliseconds > 0) nanosleep(&(struct timespec) { milliseconds / 1000, milliseconds % 1000 * 1000000 }, NULL);
}

struct fault fault_for(enum call call, const char *path) {
    static const char *const names[] = { "write", "sync", "truncate", "open" };
    struct fault fault = { 0 };
    long delay = 0;
    pthread_mutex_lock(&gate);
    refresh();
    for (int i = 0; i < rule_count; i++) {
        if (!applies(&rules[i], names[call], path)) continue;
        if (strcmp(rules[i].action, "error") == 0) fault.error = number_of(rules[i].value);
        else if (strcmp(rules[i].action, "short") == 0) fault.shorter = true;
        else if (strcmp(rules[i].action, "delay") == 0) delay = atol(rules[i].value);
        else if (strcmp(rules[i].action, "late") == 0) fault.late = atol(rules[i].value);
    }
    pthread_mutex_unlock(&gate);
    fault_wait(delay);
    return fault;
}
