/* Meddles with what a process does to the files below a folder (LD_PRELOAD, Linux).
 *
 * Every call that makes, writes, flushes, moves, removes or marks a file below MEDDLE_BELOW is counted and written to
 * MEDDLE_LOG: its number, its name, its path. At the call MEDDLE_AT
 *
 *     kill          the process dies before the call
 *     kill-after    it dies after it
 *     kill-half     it dies in a write of which half is done; other calls are not done at all
 *     kill-answer   it dies before it says anything on its standard output
 *     tear          a write takes half of what it is given; what comes after it fails, as with "fail"
 *     fail          the call fails with MEDDLE_ERRNO (a number); with MEDDLE_STAYS=1 every later one does as well
 *     room          there is room for MEDDLE_AT bytes more than the folder takes at the beginning, as on a disk that
 *                   small; how much of it was taken at most is told in the log
 *     run           the shell command MEDDLE_RUN is carried out first, and nothing of it is counted
 *
 * as MEDDLE_ACT says; without MEDDLE_AT the calls are only counted. A failure comes at the first call from there on
 * that such a failure can happen to: a full disk stops what needs room, a missing right what changes a folder or
 * opens a file. Counting begins with the process where MEDDLE_AT or MEDDLE_LOG stand in its environment, and again
 * with meddle_begin(), which a process calls that was forked from one already running; meddle_end() ends it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum act { NOTHING, KILL, KILL_AFTER, KILL_HALF, KILL_ANSWER, TEAR, FAIL, ROOM, RUN };
enum kind { CREATE = 1, OPEN = 2, WRITE = 4, SYNC = 8, MOVE = 16, REMOVE = 32, FOLDER = 64, MARK = 128, LINK = 256, CUT = 512 };

#define ANY 1023
#define BLOCK 4096
#define NEEDS_ROOM (CREATE | WRITE | SYNC | FOLDER | LINK)
#define NEEDS_RIGHT (CREATE | OPEN | MOVE | REMOVE | FOLDER | LINK)

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static volatile int counting;
static char below[PATH_MAX];
static size_t below_length;
static char command[4 * PATH_MAX];
static long count, at;
static enum act act;
static int failure, stays, fired;
static long limit, most;
static __thread long taken;
static int log_number = -1;
static __thread int inside;
static __thread int die_after, die_half, torn;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) abort();
    return found;
}

static const char *said(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

static long blocks(off_t size) { return (long)((size + BLOCK - 1) / BLOCK); }

static int take(const char *path, const struct stat *status, int kind, struct FTW *where) {
    (void)path, (void)where;
    taken += kind == FTW_D ? 1 : blocks(status->st_size);
    return 0;
}

/* The blocks that the folder takes, one for each folder in it. */
static long used(void) {
    taken = 0;
    nftw(below, take, 16, FTW_PHYS);
    return taken;
}

void meddle_end(void) { counting = 0; }

void meddle_begin(void) {
    const char *wish = said("MEDDLE_ACT");
    counting = 0;
    snprintf(below, sizeof below, "%s", said("MEDDLE_BELOW"));
    below_length = strlen(below);
    snprintf(command, sizeof command, "%s", said("MEDDLE_RUN"));
    at = atol(said("MEDDLE_AT"));
    act = !strcmp(wish, "kill") ? KILL : !strcmp(wish, "kill-after") ? KILL_AFTER : !strcmp(wish, "kill-half") ? KILL_HALF
        : !strcmp(wish, "kill-answer") ? KILL_ANSWER : !strcmp(wish, "tear") ? TEAR : !strcmp(wish, "fail") ? FAIL : !strcmp(wish, "room") ? ROOM : !strcmp(wish, "run") ? RUN : NOTHING;
    failure = atoi(said("MEDDLE_ERRNO"));
    stays = atoi(said("MEDDLE_STAYS"));
    count = 0;
    fired = 0;
    if (log_number >= 0) REAL(close)(log_number);
    log_number = -1;
    if (*said("MEDDLE_LOG"))
        log_number = REAL(open)(said("MEDDLE_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    limit = act == ROOM ? used() + at / BLOCK : 0;
    most = 0;
    counting = below_length > 0;
}

__attribute__((constructor)) static void from_the_start(void) {
    if (*said("MEDDLE_AT") || *said("MEDDLE_LOG")) meddle_begin();
}

/* Where a path leads, as its words say it: links are not followed. */
static int place(int folder, const char *path, char *out) {
    char link[64];
    ssize_t length;
    if (!path) return 0;
    if (path[0] == '/') {
        snprintf(out, PATH_MAX, "%s", path);
        return 1;
    }
    if (folder == AT_FDCWD) {
        if (!getcwd(out, PATH_MAX)) return 0;
        length = (ssize_t)strlen(out);
    } else {
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        length = readlink(link, out, PATH_MAX - 1);
        if (length < 0) return 0;
    }
    if (*path) snprintf(out + length, PATH_MAX - (size_t)length, "/%s", path);
    else out[length] = 0;
    return 1;
}

static int is_below(const char *path) {
    return !strncmp(path, below, below_length) && (path[below_length] == '/' || !path[below_length]);
}

static void carry_out(void) {
    char *words[] = {"sh", "-c", command, NULL};
    char *around[] = {"PATH=/usr/local/bin:/usr/bin:/bin", NULL};
    pid_t child;
    int status;
    if (posix_spawn(&child, "/bin/sh", NULL, NULL, words, around)) abort();
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    if (status) abort();
}

static int can_happen(enum kind kind) {
    int touched = failure == ENOSPC ? NEEDS_ROOM : failure == EACCES ? NEEDS_RIGHT : ANY;
    return (kind & touched) != 0;
}

static void failed(const char *path) {
    char line[PATH_MAX + 64];
    int length = snprintf(line, sizeof line, "%ld\tfailed\t%s\n", count, path);
    if (log_number >= 0 && REAL(write)(log_number, line, (size_t)length) != length) abort();
}

/* Count a call on one or two paths; return the error it is to fail with, 0 where it goes on. */
static int met(const char *name, enum kind kind, const char *one, const char *other) {
    char line[2 * PATH_MAX + 64];
    int fails = 0, length;
    if (!is_below(one) && !(other && is_below(other))) return 0;
    pthread_mutex_lock(&turn);
    count++;
    if (log_number >= 0) {
        length = snprintf(line, sizeof line, "%ld\t%s\t%s%s%s\n", count, name, one, other ? "\t" : "", other ? other : "");
        if (REAL(write)(log_number, line, (size_t)length) != length) abort();
    }
    torn = act == TEAR && count == at && kind == WRITE;
    if ((act == FAIL || act == TEAR) && at && count >= at && !torn && can_happen(kind) && (stays || !fired)) {
        fired = 1;
        fails = failure;
        failed(one);
    }
    if (act == ROOM && kind == FOLDER && used() >= limit) {
        fails = ENOSPC;
        failed(one);
    }
    if (count == at) {
        if (act == KILL || (act == KILL_HALF && kind != WRITE)) kill(getpid(), SIGKILL);
        if (act == KILL_AFTER) die_after = 1;
        if (act == KILL_HALF) die_half = 1;
        if (act == RUN) carry_out();
    }
    pthread_mutex_unlock(&turn);
    return fails;
}

static int by_path(const char *name, enum kind kind, int folder, const char *path) {
    char where[PATH_MAX];
    int before = errno, fails = 0;
    if (!counting || inside) return 0;
    inside = 1;
    if (place(folder, path, where)) fails = met(name, kind, where, NULL);
    inside = 0;
    errno = fails ? fails : before;
    return fails;
}

static int by_paths(const char *name, enum kind kind, int folder, const char *path, int other_folder, const char *other) {
    char where[PATH_MAX], there[PATH_MAX];
    int before = errno, fails = 0;
    if (!counting || inside) return 0;
    inside = 1;
    if (place(folder, path, where) && place(other_folder, other, there)) fails = met(name, kind, where, there);
    inside = 0;
    errno = fails ? fails : before;
    return fails;
}

static int by_number(const char *name, enum kind kind, int number) {
    return by_path(name, kind, number, "");
}

static void done(void) {
    if (die_after || die_half) kill(getpid(), SIGKILL);
}

/* How much a write takes. */
static size_t half(size_t size) { return (die_half || torn) && size > 1 ? size / 2 : size; }

/* The blocks that are left, where the most that was taken goes into the log. */
static long left(void) {
    char line[64];
    long free = limit - used(), took = at / BLOCK - free;
    int length = snprintf(line, sizeof line, "%ld\tpeak\t%ld\n", count, took * BLOCK);
    if (took > most) {
        most = took;
        if (log_number >= 0 && REAL(write)(log_number, line, (size_t)length) != length) abort();
    }
    return free > 0 ? free : 0;
}

/* What is left of a file to be read from a place. */
static size_t rest(int number, off_t from, size_t size) {
    struct stat status;
    if (fstat(number, &status) || !S_ISREG(status.st_mode)) return size;
    if (from < 0) from = lseek(number, 0, SEEK_CUR);
    return from >= status.st_size ? 0 : (size_t)(status.st_size - from) < size ? (size_t)(status.st_size - from) : size;
}

/* How much of a write at a place the small disk takes; -1 with ENOSPC where it takes nothing. */
static ssize_t fits(int number, off_t from, size_t size) {
    char where[PATH_MAX];
    struct stat status;
    off_t end;
    ssize_t found = (ssize_t)size;
    if (!counting || inside || act != ROOM || !size) return found;
    inside = 1;
    if (place(number, "", where) && is_below(where) && !fstat(number, &status)) {
        pthread_mutex_lock(&turn);
        end = (off_t)(blocks(status.st_size) + left()) * BLOCK;
        if (from + (off_t)size > end) found = from < end ? (ssize_t)(end - from) : -1;
        if (found < 0) failed(where);
        pthread_mutex_unlock(&turn);
    }
    inside = 0;
    if (found < 0) errno = ENOSPC;
    return found;
}

static off_t place_in(int number) {
    struct stat status;
    if (fcntl(number, F_GETFL) & O_APPEND && !fstat(number, &status)) return status.st_size;
    return lseek(number, 0, SEEK_CUR);
}

#define FIT(number, from, size) do { ssize_t fit_ = fits(number, from, size); if (fit_ < 0) return -1; size = (size_t)fit_; } while (0)

#define AFTER(type, call) do { type found_ = (call); done(); return found_; } while (0)

static enum kind opening(int flags) { return flags & O_CREAT ? CREATE : OPEN; }

static int writes(int flags) { return (flags & O_ACCMODE) != O_RDONLY || flags & (O_CREAT | O_TRUNC); }

#define OPENING(name) \
    int name(const char *path, int flags, ...) { \
        mode_t mode = 0; \
        va_list rest; \
        va_start(rest, flags); \
        if (flags & (O_CREAT | O_TMPFILE)) mode = va_arg(rest, mode_t); \
        va_end(rest); \
        if (writes(flags) && by_path("open", opening(flags), AT_FDCWD, path)) return -1; \
        AFTER(int, REAL(name)(path, flags, mode)); \
    }
#define OPENING_AT(name) \
    int name(int folder, const char *path, int flags, ...) { \
        mode_t mode = 0; \
        va_list rest; \
        va_start(rest, flags); \
        if (flags & (O_CREAT | O_TMPFILE)) mode = va_arg(rest, mode_t); \
        va_end(rest); \
        if (writes(flags) && by_path("open", opening(flags), folder, path)) return -1; \
        AFTER(int, REAL(name)(folder, path, flags, mode)); \
    }
OPENING(open)
OPENING(open64)
OPENING_AT(openat)
OPENING_AT(openat64)

#define CREATING(name) \
    int name(const char *path, mode_t mode) { \
        if (by_path("open", CREATE, AT_FDCWD, path)) return -1; \
        AFTER(int, REAL(name)(path, mode)); \
    }
CREATING(creat)
CREATING(creat64)

#define STREAMING(name) \
    FILE *name(const char *path, const char *mode) { \
        enum kind kind = mode[0] == 'r' ? OPEN : CREATE; \
        if (strpbrk(mode, "wa+") && by_path("open", kind, AT_FDCWD, path)) return NULL; \
        AFTER(FILE *, REAL(name)(path, mode)); \
    }
STREAMING(fopen)
STREAMING(fopen64)

ssize_t write(int number, const void *data, size_t size) {
    if (counting && !inside && act == KILL_ANSWER && number == STDOUT_FILENO) kill(getpid(), SIGKILL);
    if (by_number("write", WRITE, number)) return -1;
    size = half(size);
    FIT(number, place_in(number), size);
    AFTER(ssize_t, REAL(write)(number, data, size));
}
ssize_t pwrite(int number, const void *data, size_t size, off_t from) {
    if (by_number("write", WRITE, number)) return -1;
    size = half(size);
    FIT(number, (off_t)from, size);
    AFTER(ssize_t, REAL(pwrite)(number, data, size, from));
}
ssize_t pwrite64(int number, const void *data, size_t size, off64_t from) {
    if (by_number("write", WRITE, number)) return -1;
    size = half(size);
    FIT(number, (off_t)from, size);
    AFTER(ssize_t, REAL(pwrite64)(number, data, size, from));
}
ssize_t writev(int number, const struct iovec *parts, int many) {
    if (by_number("write", WRITE, number)) return -1;
    if (die_half || torn) many = (many + 1) / 2;
    for (size_t part = 0, size; part < (size_t)many; part++) {
        size = parts[part].iov_len;
        if (fits(number, place_in(number), size) < (ssize_t)size) return errno = ENOSPC, -1;
    }
    AFTER(ssize_t, REAL(writev)(number, parts, many));
}
ssize_t sendfile(int to, int from, off_t *place_, size_t size) {
    if (by_number("write", WRITE, to)) return -1;
    if (die_half || torn) size = half(2);
    if (act == ROOM) size = rest(from, place_ ? (off_t)*place_ : -1, size);
    FIT(to, place_in(to), size);
    AFTER(ssize_t, REAL(sendfile)(to, from, place_, size));
}
ssize_t sendfile64(int to, int from, off64_t *place_, size_t size) {
    if (by_number("write", WRITE, to)) return -1;
    if (die_half || torn) size = half(2);
    if (act == ROOM) size = rest(from, place_ ? (off_t)*place_ : -1, size);
    FIT(to, place_in(to), size);
    AFTER(ssize_t, REAL(sendfile64)(to, from, place_, size));
}
ssize_t copy_file_range(int from, off64_t *here, int to, off64_t *there, size_t size, unsigned flags) {
    if (by_number("write", WRITE, to)) return -1;
    if (die_half || torn) size = half(2);
    if (act == ROOM) size = rest(from, here ? (off_t)*here : -1, size);
    FIT(to, there ? (off_t)*there : place_in(to), size);
    AFTER(ssize_t, REAL(copy_file_range)(from, here, to, there, size, flags));
}
int fsync(int number) {
    if (by_number("fsync", SYNC, number)) return -1;
    AFTER(int, REAL(fsync)(number));
}
int fdatasync(int number) {
    if (by_number("fsync", SYNC, number)) return -1;
    AFTER(int, REAL(fdatasync)(number));
}
int rename(const char *path, const char *other) {
    if (by_paths("rename", MOVE, AT_FDCWD, path, AT_FDCWD, other)) return -1;
    AFTER(int, REAL(rename)(path, other));
}
int renameat(int folder, const char *path, int there, const char *other) {
    if (by_paths("rename", MOVE, folder, path, there, other)) return -1;
    AFTER(int, REAL(renameat)(folder, path, there, other));
}
int renameat2(int folder, const char *path, int there, const char *other, unsigned flags) {
    if (by_paths(flags ? "exchange" : "rename", MOVE, folder, path, there, other)) return -1;
    AFTER(int, REAL(renameat2)(folder, path, there, other, flags));
}
int unlink(const char *path) {
    if (by_path("unlink", REMOVE, AT_FDCWD, path)) return -1;
    AFTER(int, REAL(unlink)(path));
}
int unlinkat(int folder, const char *path, int flags) {
    if (by_path("unlink", REMOVE, folder, path)) return -1;
    AFTER(int, REAL(unlinkat)(folder, path, flags));
}
int remove(const char *path) {
    if (by_path("unlink", REMOVE, AT_FDCWD, path)) return -1;
    AFTER(int, REAL(remove)(path));
}
int rmdir(const char *path) {
    if (by_path("rmdir", REMOVE, AT_FDCWD, path)) return -1;
    AFTER(int, REAL(rmdir)(path));
}
int mkdir(const char *path, mode_t mode) {
    if (by_path("mkdir", FOLDER, AT_FDCWD, path)) return -1;
    AFTER(int, REAL(mkdir)(path, mode));
}
int mkdirat(int folder, const char *path, mode_t mode) {
    if (by_path("mkdir", FOLDER, folder, path)) return -1;
    AFTER(int, REAL(mkdirat)(folder, path, mode));
}
int chmod(const char *path, mode_t mode) {
    if (by_path("chmod", MARK, AT_FDCWD, path)) return -1;
    AFTER(int, REAL(chmod)(path, mode));
}
int fchmod(int number, mode_t mode) {
    if (by_number("chmod", MARK, number)) return -1;
    AFTER(int, REAL(fchmod)(number, mode));
}
int fchmodat(int folder, const char *path, mode_t mode, int flags) {
    if (by_path("chmod", MARK, folder, path)) return -1;
    AFTER(int, REAL(fchmodat)(folder, path, mode, flags));
}
int utimensat(int folder, const char *path, const struct timespec times[2], int flags) {
    if (by_path("utime", MARK, folder, path)) return -1;
    AFTER(int, REAL(utimensat)(folder, path, times, flags));
}
int futimens(int number, const struct timespec times[2]) {
    if (by_number("utime", MARK, number)) return -1;
    AFTER(int, REAL(futimens)(number, times));
}
int link(const char *path, const char *other) {
    if (by_paths("link", LINK, AT_FDCWD, path, AT_FDCWD, other)) return -1;
    AFTER(int, REAL(link)(path, other));
}
int linkat(int folder, const char *path, int there, const char *other, int flags) {
    if (by_paths("link", LINK, folder, path, there, other)) return -1;
    AFTER(int, REAL(linkat)(folder, path, there, other, flags));
}
int symlink(const char *text, const char *path) {
    if (by_path("symlink", LINK, AT_FDCWD, path)) return -1;
    AFTER(int, REAL(symlink)(text, path));
}
int symlinkat(const char *text, int folder, const char *path) {
    if (by_path("symlink", LINK, folder, path)) return -1;
    AFTER(int, REAL(symlinkat)(text, folder, path));
}
#define CUTTING(name, type) \
    int name(const char *path, type length) { \
        if (by_path("truncate", CUT, AT_FDCWD, path)) return -1; \
        AFTER(int, REAL(name)(path, length)); \
    }
#define CUTTING_OPEN(name, type) \
    int name(int number, type length) { \
        if (by_number("truncate", CUT, number)) return -1; \
        AFTER(int, REAL(name)(number, length)); \
    }
CUTTING(truncate, off_t)
CUTTING(truncate64, off64_t)
CUTTING_OPEN(ftruncate, off_t)
CUTTING_OPEN(ftruncate64, off64_t)
