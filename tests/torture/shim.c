/* Between a program and the C library: what it does to the files below one folder is written down in order, and any
 * one of these calls can be made to fail. Loaded with LD_PRELOAD; shim.py compiles it and reads the log.
 *
 *   SHIM_FOLDER  the folder whose files are followed, as an absolute path
 *   SHIM_LOG     where everything is written down; nothing is where it is not set
 *
 * A file is known by its inode, which is not given to another one while the file is open. Calls are made one at a time,
 * so the order in the log is that in which they took effect. What is mapped into memory (SQLite's -shm) is not seen.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define PATH 4096
enum { WRITE = 1, SYNC = 2, RENAME = 4, OPEN = 8, UNLINK = 16, TRUNCATE = 32, MKDIR = 64 };

static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static char folder[PATH];
static size_t folder_length;
static int log_file = -1;

static int armed_kinds, armed_error, armed_once;
static long armed_at, seen, failed;
static char first_failed[PATH + 32];

/* ---- the log: one head for each call, then its two names and its data */

struct __attribute__((packed)) head {
    char kind;
    int64_t inode, at;
    uint32_t name, other;
    int64_t size;
};

static void put(const void *data, size_t size)
{
    while (size > 0) {
        ssize_t done = syscall(SYS_write, log_file, data, size);
        if (done <= 0)
            abort();
        data = (const char *)data + done;
        size -= done;
    }
}

static void note(char kind, ino_t inode, off_t at, const char *name, const char *other, const void *data, size_t size)
{
    struct head head = {kind, inode, at, name ? strlen(name) : 0, other ? strlen(other) : 0, size};
    int before = errno;
    if (log_file < 0)
        return;
    put(&head, sizeof head);
    put(name, head.name);
    put(other, head.other);
    put(data, data ? size : 0);
    errno = before;
}

static int is_followed(const char *path)
{
    return folder_length > 0 && strncmp(path, folder, folder_length) == 0 &&
           (path[folder_length] == '/' || path[folder_length] == 0);
}

/* The path of an open file; 0 where it is none that is followed. */
static int path_of(int file, char *path)
{
    char link[64];
    int before = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = syscall(SYS_readlink, link, path, PATH - 1);
    errno = before;
    if (length <= 0)
        return 0;
    path[length] = 0;
    return is_followed(path);
}

/* The whole path of a name that is given relative to a folder; 0 where it is none that is followed. */
static int whole(int directory, const char *name, char *path)
{
    char base[PATH] = "";
    if (name[0] == '/') {
        snprintf(path, PATH, "%s", name);
    } else {
        if (directory == AT_FDCWD ? !getcwd(base, sizeof base) : (path_of(directory, base), !base[0]))
            return 0;
        snprintf(path, PATH, "%.2000s/%.2000s", base, name);
    }
    return is_followed(path);
}

static ino_t inode_of(int file)
{
    struct stat found;
    int before = errno;
    ino_t inode = fstat(file, &found) == 0 ? found.st_ino : 0;
    errno = before;
    return inode;
}

/* ---- failures: the Nth call of the kinds armed, alone or with all that follow */

void shim_arm(int kinds, long nth, int error, int once)
{
    pthread_mutex_lock(&lock);
    armed_kinds = kinds, armed_at = nth, armed_error = error, armed_once = once;
    seen = failed = 0;
    first_failed[0] = 0;
    pthread_mutex_unlock(&lock);
}

/* Gives how many calls were made to fail; shim_seen how many of these kinds there were. */
long shim_disarm(void) { armed_kinds = 0; return failed; }
long shim_failed(void) { return failed; }
long shim_seen(void) { return seen; }
const char *shim_first(void) { return first_failed; }

void shim_mark(const char *text)
{
    pthread_mutex_lock(&lock);
    note('!', 0, 0, NULL, NULL, text, strlen(text));
    pthread_mutex_unlock(&lock);
}

static int fails(int kind, const char *call, const char *path)
{
    if (!(armed_kinds & kind))
        return 0;
    seen++;
    if (armed_once ? seen != armed_at : seen < armed_at)
        return 0;
    if (failed++ == 0)
        snprintf(first_failed, sizeof first_failed, "%s %s", call, path);
    errno = armed_error;
    return 1;
}

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) \
        real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
/* Runs ``work`` alone, or gives ``bad`` where the call is to fail. */
#define ONE_AT_A_TIME(kind, call, path, bad, work) \
    do { \
        pthread_mutex_lock(&lock); \
        if (fails(kind, call, path)) \
            done = bad; \
        else \
            work; \
        pthread_mutex_unlock(&lock); \
        return done; \
    } while (0)

/* ---- opening */

static int opened(int directory, const char *name, int flags, mode_t mode)
{
    REAL(openat);
    char path[PATH];
    int done;
    if (!(flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) || !whole(directory, name, path))
        return real(directory, name, flags, mode);
    if ((flags & O_TMPFILE) == O_TMPFILE) {
        /* A file without a name cannot be followed; who asks for one has another way. */
        errno = EOPNOTSUPP;
        return -1;
    }
    ONE_AT_A_TIME(OPEN, "open", path, -1, {
        int is_new = access(path, F_OK) != 0;
        done = real(directory, name, flags, mode);
        if (done >= 0 && is_new)
            note('C', inode_of(done), 0, path, NULL, NULL, 0);
        else if (done >= 0 && (flags & O_TRUNC))
            note('T', inode_of(done), 0, path, NULL, NULL, 0);
    });
}

#define MODE mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
int open(const char *name, int flags, ...) { MODE return opened(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE return opened(AT_FDCWD, name, flags | O_LARGEFILE, mode); }
int openat(int at, const char *name, int flags, ...) { MODE return opened(at, name, flags, mode); }
int openat64(int at, const char *name, int flags, ...) { MODE return opened(at, name, flags | O_LARGEFILE, mode); }
int creat(const char *name, mode_t mode) { return opened(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int __open_2(const char *name, int flags) { return opened(AT_FDCWD, name, flags, 0); }
int __open64_2(const char *name, int flags) { return opened(AT_FDCWD, name, flags | O_LARGEFILE, 0); }
int __openat_2(int at, const char *name, int flags) { return opened(at, name, flags, 0); }
int __openat64_2(int at, const char *name, int flags) { return opened(at, name, flags | O_LARGEFILE, 0); }

/* ---- writing. One that is to fail has put the first half of its data there, as a drive may have done. */

#define WRITTEN(call, whole_of_it, half_of_it, data, start) \
    char path[PATH]; \
    ssize_t done; \
    if (!path_of(file, path)) \
        return whole_of_it; \
    pthread_mutex_lock(&lock); \
    int is_torn = fails(WRITE, call, path), before = errno; \
    done = is_torn ? (half_of_it) : (whole_of_it); \
    if (done > 0) \
        note('W', inode_of(file), start, path, NULL, data, done); \
    if (is_torn) \
        done = -1, errno = before; \
    pthread_mutex_unlock(&lock); \
    return done

ssize_t write(int file, const void *data, size_t size)
{
    REAL(write);
    WRITTEN("write", real(file, data, size), real(file, data, size / 2), data, lseek(file, 0, SEEK_CUR) - done);
}
ssize_t pwrite64(int file, const void *data, size_t size, off64_t at)
{
    REAL(pwrite64);
    WRITTEN("write", real(file, data, size, at), real(file, data, size / 2, at), data, at);
}
ssize_t pwrite(int file, const void *data, size_t size, off_t at) { return pwrite64(file, data, size, at); }
/* Of several pieces the first is written: fewer bytes than asked for are allowed, and the caller comes again. */
static const struct iovec *first(const struct iovec *parts, int count)
{
    while (count-- > 1 && parts->iov_len == 0)
        parts++;
    return parts;
}
ssize_t writev(int file, const struct iovec *parts, int count)
{
    REAL(writev);
    char path[PATH];
    return path_of(file, path) ? write(file, first(parts, count)->iov_base, first(parts, count)->iov_len)
                               : real(file, parts, count);
}
ssize_t pwritev64(int file, const struct iovec *parts, int count, off64_t at)
{
    return pwrite64(file, first(parts, count)->iov_base, first(parts, count)->iov_len, at);
}
ssize_t pwritev(int file, const struct iovec *parts, int count, off_t at) { return pwritev64(file, parts, count, at); }

/* Copies inside the kernel are refused at once, so that they come as writes. */
#define REFUSED(name, how, given, out) \
    ssize_t name how { REAL(name); char path[PATH]; if (!path_of(out, path)) return real given; errno = EINVAL; return -1; }
REFUSED(sendfile, (int out, int in, off_t *at, size_t size), (out, in, at, size), out)
REFUSED(sendfile64, (int out, int in, off64_t *at, size_t size), (out, in, at, size), out)
REFUSED(copy_file_range, (int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags),
        (in, from, out, to, size, flags), out)

int ftruncate64(int file, off64_t size)
{
    REAL(ftruncate64);
    char path[PATH];
    int done;
    if (!path_of(file, path))
        return real(file, size);
    ONE_AT_A_TIME(TRUNCATE, "truncate", path, -1,
                  if ((done = real(file, size)) == 0) note('T', inode_of(file), size, path, NULL, NULL, 0));
}
int ftruncate(int file, off_t size) { return ftruncate64(file, size); }
int fallocate64(int file, int mode, off64_t at, off64_t size)
{
    REAL(fallocate64);
    char path[PATH];
    if (!path_of(file, path))
        return real(file, mode, at, size);
    errno = EOPNOTSUPP;
    return -1;
}
int fallocate(int file, int mode, off_t at, off_t size) { return fallocate64(file, mode, at, size); }

/* ---- flushing: only written down, for this machine goes on, and its disk has other work */

int fsync(int file)
{
    REAL(fsync);
    char path[PATH];
    int done = 0;
    if (!path_of(file, path))
        return real(file);
    ONE_AT_A_TIME(SYNC, "sync", path, -1, note('S', inode_of(file), 0, path, NULL, NULL, 0));
}
int fdatasync(int file) { return fsync(file); }
void sync(void) { pthread_mutex_lock(&lock); note('A', 0, 0, NULL, NULL, NULL, 0); pthread_mutex_unlock(&lock); }
int syncfs(int file) { (void)file; sync(); return 0; }

/* ---- names */

int renameat2(int from, const char *old, int to, const char *new, unsigned flags)
{
    REAL(renameat2);
    char path[PATH], target[PATH];
    int done, is_ours = whole(to, new, target);
    if (!whole(from, old, path) && !is_ours)
        return real(from, old, to, new, flags);
    ONE_AT_A_TIME(RENAME, "rename", target, -1,
                  if ((done = real(from, old, to, new, flags)) == 0) note('R', 0, 0, path, target, NULL, 0));
}
int renameat(int from, const char *old, int to, const char *new) { return renameat2(from, old, to, new, 0); }
int rename(const char *old, const char *new) { return renameat2(AT_FDCWD, old, AT_FDCWD, new, 0); }

int linkat(int from, const char *old, int to, const char *new, int flags)
{
    REAL(linkat);
    char path[PATH], target[PATH];
    int done;
    if (!whole(to, new, target))
        return real(from, old, to, new, flags);
    whole(from, old, path);
    ONE_AT_A_TIME(RENAME, "link", target, -1,
                  if ((done = real(from, old, to, new, flags)) == 0) note('L', 0, 0, path, target, NULL, 0));
}
int link(const char *old, const char *new) { return linkat(AT_FDCWD, old, AT_FDCWD, new, 0); }

int unlinkat(int at, const char *name, int flags)
{
    REAL(unlinkat);
    char path[PATH];
    int done;
    if (!whole(at, name, path))
        return real(at, name, flags);
    ONE_AT_A_TIME(UNLINK, "unlink", path, -1,
                  if ((done = real(at, name, flags)) == 0) note('U', 0, 0, path, NULL, NULL, 0));
}
int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }
int rmdir(const char *name) { return unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }
int remove(const char *name) { return unlink(name) == 0 || (errno == EISDIR && rmdir(name) == 0) ? 0 : -1; }

int mkdirat(int at, const char *name, mode_t mode)
{
    REAL(mkdirat);
    char path[PATH];
    int done;
    if (!whole(at, name, path))
        return real(at, name, mode);
    ONE_AT_A_TIME(MKDIR, "mkdir", path, -1,
                  if ((done = real(at, name, mode)) == 0) note('M', 0, 0, path, NULL, NULL, 0));
}
int mkdir(const char *name, mode_t mode) { return mkdirat(AT_FDCWD, name, mode); }

__attribute__((constructor)) static void begin(void)
{
    const char *followed = getenv("SHIM_FOLDER"), *log = getenv("SHIM_LOG");
    if (followed)
        folder_length = snprintf(folder, sizeof folder, "%s", followed);
    if (log)
        log_file = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}
