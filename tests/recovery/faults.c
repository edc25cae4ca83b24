/* Lets the Nth change below one folder fail: loaded before the C library's own calls (LD_PRELOAD).
 * A full disk stays full: everything that needs space fails from then on. An input/output error comes once. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static char folder[PATH_MAX];
static int fault_error;
static long fault_nth;
static atomic_long changes;

void faults_arm(const char *below, long nth, int error) {
    strncpy(folder, below, sizeof folder - 1);
    fault_nth = nth;
    fault_error = error;
    atomic_store(&changes, 0);
}

long faults_seen(void) { return atomic_load(&changes); }

static int is_below(const char *path) { return folder[0] && path && strncmp(path, folder, strlen(folder)) == 0; }

static int is_file_below(int descriptor) {
    char link[64], path[PATH_MAX];
    if (!folder[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return is_below(path);
}

/* needs_space: whether a full disk would refuse it. */
static int fails(int needs_space) {
    long now = atomic_fetch_add(&changes, 1) + 1;
    if (!fault_nth || now < fault_nth) return 0;
    if (fault_error == ENOSPC ? !needs_space : now > fault_nth) return 0;
    errno = fault_error;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define ON_FILE(type, name, parameters, arguments, needs_space) \
    type name parameters { \
        if (is_file_below(descriptor) && fails(needs_space)) return -1; \
        return REAL(name) arguments; \
    }

ON_FILE(ssize_t, write, (int descriptor, const void *bytes, size_t count), (descriptor, bytes, count), 1)
ON_FILE(ssize_t, pwrite, (int descriptor, const void *bytes, size_t count, off_t at), (descriptor, bytes, count, at), 1)
ON_FILE(ssize_t, pwrite64, (int descriptor, const void *bytes, size_t count, off64_t at), (descriptor, bytes, count, at), 1)
ON_FILE(ssize_t, writev, (int descriptor, const struct iovec *parts, int count), (descriptor, parts, count), 1)
ON_FILE(int, ftruncate, (int descriptor, off_t length), (descriptor, length), 1)
ON_FILE(int, ftruncate64, (int descriptor, off64_t length), (descriptor, length), 1)
ON_FILE(int, fsync, (int descriptor), (descriptor), 0)
ON_FILE(int, fdatasync, (int descriptor), (descriptor), 0)
ON_FILE(ssize_t, sendfile, (int descriptor, int from, off_t *at, size_t count), (descriptor, from, at, count), 1)
ON_FILE(ssize_t, sendfile64, (int descriptor, int from, off64_t *at, size_t count), (descriptor, from, at, count), 1)

ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t count, unsigned flags) {
    if (is_file_below(to) && fails(1)) return -1;
    return REAL(copy_file_range)(from, from_at, to, to_at, count, flags);
}

int rename(const char *from, const char *to) {
    if (is_below(to) && fails(0)) return -1;
    return REAL(rename)(from, to);
}

int mkdir(const char *path, mode_t mode) {
    if (is_below(path) && fails(1)) return -1;
    return REAL(mkdir)(path, mode);
}

#define OPENING(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = va_arg(rest, mode_t); \
        va_end(rest); \
        if ((flags & O_CREAT) && is_below(path) && fails(1)) return -1; \
        return REAL(name)(path, flags, mode); \
    }

OPENING(open)
OPENING(open64)
