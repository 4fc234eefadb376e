/* Preloaded: the nth of the calls that change or open files below a folder fails, as a bad disk lets it.
   arm(n, error, prefix) sets it, fired() says whether it came to that, seen() how many calls there were. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long nth = 0, count = 0;
static int error_number = 0, has_fired = 0;
static char below[4096] = "";

void arm(long n, int error, const char *folder) {
    nth = n; count = 0; error_number = error; has_fired = 0;
    snprintf(below, sizeof below, "%s", folder);
}
int fired(void) { return has_fired; }
long seen(void) { return count; }

static int fails(void) {
    if (below[0] && ++count == nth) { has_fired = 1; errno = error_number; return 1; }
    return 0;
}
static int is_below(const char *path) {
    return below[0] && path && strncmp(path, below, strlen(below)) == 0;
}
static int is_ours(int fd) {
    char link[64], path[4096];
    if (!below[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    return is_below(path);
}
#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

#define OPENS(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); mode_t mode = 0; va_list list; va_start(list, flags); \
        if (flags & (O_CREAT | O_TMPFILE)) mode = va_arg(list, mode_t); \
        va_end(list); \
        if (is_below(path) && fails()) return -1; \
        return real(path, flags, mode); }
#define OPENS_AT(name) \
    int name(int folder, const char *path, int flags, ...) { \
        REAL(name); mode_t mode = 0; va_list list; va_start(list, flags); \
        if (flags & (O_CREAT | O_TMPFILE)) mode = va_arg(list, mode_t); \
        va_end(list); \
        if (is_below(path) && fails()) return -1; \
        return real(folder, path, flags, mode); }
OPENS(open)
OPENS(open64)
OPENS_AT(openat)
OPENS_AT(openat64)

ssize_t write(int fd, const void *data, size_t n) { REAL(write); if (is_ours(fd) && fails()) return -1; return real(fd, data, n); }
ssize_t pwrite(int fd, const void *data, size_t n, off_t at) { REAL(pwrite); if (is_ours(fd) && fails()) return -1; return real(fd, data, n, at); }
ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) { REAL(pwrite64); if (is_ours(fd) && fails()) return -1; return real(fd, data, n, at); }
ssize_t read(int fd, void *data, size_t n) { REAL(read); if (is_ours(fd) && fails()) return -1; return real(fd, data, n); }
ssize_t pread(int fd, void *data, size_t n, off_t at) { REAL(pread); if (is_ours(fd) && fails()) return -1; return real(fd, data, n, at); }
ssize_t pread64(int fd, void *data, size_t n, off64_t at) { REAL(pread64); if (is_ours(fd) && fails()) return -1; return real(fd, data, n, at); }
int fsync(int fd) { REAL(fsync); if (is_ours(fd) && fails()) return -1; return real(fd); }
int fdatasync(int fd) { REAL(fdatasync); if (is_ours(fd) && fails()) return -1; return real(fd); }
int ftruncate(int fd, off_t n) { REAL(ftruncate); if (is_ours(fd) && fails()) return -1; return real(fd, n); }
int ftruncate64(int fd, off64_t n) { REAL(ftruncate64); if (is_ours(fd) && fails()) return -1; return real(fd, n); }
int rename(const char *from, const char *to) { REAL(rename); if (is_below(to) && fails()) return -1; return real(from, to); }
int link(const char *from, const char *to) { REAL(link); if (is_below(to) && fails()) return -1; return real(from, to); }
int unlink(const char *path) { REAL(unlink); if (is_below(path) && fails()) return -1; return real(path); }
int mkdir(const char *path, mode_t mode) { REAL(mkdir); if (is_below(path) && fails()) return -1; return real(path, mode); }
