#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/sandbox.h"

/* Every access right up to an ABI; the headers may be older than the kernel. */
#define FS_ABI_1	0x1fffull
#define FS_ABI_2	0x3fffull		/* + refer: a name in another directory */
#define FS_ABI_3	0x7fffull		/* + truncate */
#define FS_ABI_5	0xffffull		/* + ioctl on devices */
#define NET_ABI_4	0x3ull			/* TCP bind and connect */
#define SCOPE_ABI_6	0x3ull			/* abstract sockets, signals */

#define FS_TRUNCATE	(1ull << 14)
#define FS_REFER	(1ull << 13)
#define FS_READ_FILE	LANDLOCK_ACCESS_FS_READ_FILE
#define FS_READ		(FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define FS_KEEP		(FS_READ | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR | FS_REFER)
#define FS_WRITE	(FS_KEEP | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | \
	FS_TRUNCATE)

#ifdef __SANITIZE_ADDRESS__
/* The leak checker stops all threads from a process of its own, which the jail refuses. */
const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return "detect_leaks=0";
}
#endif

/* The attribute has grown twice; its size says which members are meant. */
struct ruleset { uint64_t fs, net, scope; };

static const char *const font_dirs[] = {
	"/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts", "/usr/share/fontconfig",
	"/usr/share/poppler", "/var/cache/fontconfig", NULL,
};

static const char *const network_files[] = {
	"/etc/resolv.conf", "/run/systemd/resolve", "/etc/hosts", "/etc/nsswitch.conf",
	"/etc/gai.conf", "/etc/services", "/etc/ssl", "/usr/share/ca-certificates",
	"/usr/local/share/ca-certificates", NULL,
};

static int
say(const char *what)
{
	int error = errno;

	(void)fprintf(stderr, "jail: %s: %s\n", what, strerror(error));
	errno = error;
	return -1;
}

/* A right that the kernel does not know is not asked for; directory rights not for files. */
static int
allow(int rules, uint64_t known, const char *path, uint64_t rights)
{
	struct landlock_path_beneath_attr a = { .allowed_access = rights & known };
	struct stat st;
	int rc;

	if ((a.parent_fd = open(path, O_PATH | O_CLOEXEC)) < 0)
		return -1;
	if (fstat(a.parent_fd, &st) != 0 || !S_ISDIR(st.st_mode))
		a.allowed_access &= FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE;
	rc = (int)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &a, 0);
	(void)close(a.parent_fd);
	return rc;
}

/* Paths of the system differ between machines: one that is not there needs no right. */
static int
allow_present(int rules, uint64_t known, const char *const *path)
{
	for (; *path != NULL; path++)
		if (allow(rules, known, *path, FS_READ) != 0 && errno != ENOENT)
			return say(*path);
	return 0;
}

static int
allow_named(int rules, uint64_t known, const char *const *path, uint64_t rights)
{
	for (size_t i = 0; i < SANDBOX_DIRS && path[i] != NULL; i++)
		if (allow(rules, known, path[i], rights) != 0)
			return say(path[i]);
	return 0;
}

static int
allow_all(int rules, uint64_t known, const struct sandbox *box)
{
	return (box->fonts && allow_present(rules, known, font_dirs) != 0) ||
	    (box->network && allow_present(rules, known, network_files) != 0) ||
	    allow_named(rules, known, box->read, FS_READ) != 0 ||
	    allow_named(rules, known, box->keep, FS_KEEP) != 0 ||
	    allow_named(rules, known, box->write, FS_WRITE) != 0 ? -1 : 0;
}

static int
restrict_files(const struct sandbox *box)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	struct ruleset r = {
		.fs = abi >= 5 ? FS_ABI_5 : abi >= 3 ? FS_ABI_3 : abi == 2 ? FS_ABI_2 : FS_ABI_1,
		.net = abi >= 4 && !box->network ? NET_ABI_4 : 0,
		.scope = abi >= 6 ? SCOPE_ABI_6 : 0,
	};
	size_t size = abi >= 6 ? sizeof r : abi >= 4 ? 16 : 8;
	int rules, rc;

	if (abi < 1)
		return say("Landlock");
	if (abi < 2 && (box->write[0] != NULL || box->keep[0] != NULL)) {
		errno = ENOSYS;
		return say("writing needs Landlock ABI 2, Linux 5.19");
	}
	if ((rules = (int)syscall(SYS_landlock_create_ruleset, &r, size, 0)) < 0)
		return say("landlock_create_ruleset");
	rc = allow_all(rules, r.fs, box);
	if (rc == 0 && syscall(SYS_landlock_restrict_self, rules, 0) != 0)
		rc = say("landlock_restrict_self");
	(void)close(rules);
	return rc;
}

/* Other programs, other processes, and doors into the kernel that nothing here has use for. */
static const int refused[] = {
	SCMP_SYS(execve), SCMP_SYS(execveat),
	SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
	SCMP_SYS(process_madvise), SCMP_SYS(kcmp), SCMP_SYS(pidfd_getfd),
	SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot),
	SCMP_SYS(open_tree), SCMP_SYS(move_mount), SCMP_SYS(fsopen), SCMP_SYS(fsconfig),
	SCMP_SYS(fsmount), SCMP_SYS(fspick), SCMP_SYS(mount_setattr),
	SCMP_SYS(open_by_handle_at), SCMP_SYS(name_to_handle_at),
	SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(personality),
	SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd),
	SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register),
	SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(keyctl),
	SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load), SCMP_SYS(init_module),
	SCMP_SYS(finit_module), SCMP_SYS(delete_module), SCMP_SYS(reboot),
	SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(acct), SCMP_SYS(quotactl),
	SCMP_SYS(settimeofday), SCMP_SYS(clock_settime), SCMP_SYS(adjtimex),
	SCMP_SYS(sethostname), SCMP_SYS(setdomainname), SCMP_SYS(syslog),
	SCMP_SYS(mknod), SCMP_SYS(mknodat), SCMP_SYS(vhangup),
};

#define REFUSE SCMP_ACT_ERRNO(EPERM)

/*
 * A filter sees the flags of clone() but not those of clone3(), which are in memory.  "No such
 * call" makes the C library fall back to the one that can be judged.
 */
static int
refuse_processes(scmp_filter_ctx f)
{
	return seccomp_rule_add(f, REFUSE, SCMP_SYS(fork), 0) != 0 ||
	    seccomp_rule_add(f, REFUSE, SCMP_SYS(vfork), 0) != 0 ||
	    seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) != 0 ||
	    seccomp_rule_add(f, REFUSE, SCMP_SYS(clone), 1,
	    SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)) != 0 ? -1 : 0;
}

/* Others of the same user, which Landlock tells apart only from ABI 6: a signal is for oneself. */
static int
refuse_signals(scmp_filter_ctx f)
{
	uint64_t self = (uint64_t)getpid();

	return seccomp_rule_add(f, REFUSE, SCMP_SYS(kill), 1, SCMP_A0(SCMP_CMP_NE, self)) != 0 ||
	    seccomp_rule_add(f, REFUSE, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_NE, self)) != 0 ||
	    seccomp_rule_add(f, REFUSE, SCMP_SYS(tkill), 0) != 0 ||
	    seccomp_rule_add(f, REFUSE, SCMP_SYS(rt_sigqueueinfo), 0) != 0 ||
	    seccomp_rule_add(f, REFUSE, SCMP_SYS(rt_tgsigqueueinfo), 0) != 0 ||
	    seccomp_rule_add(f, REFUSE, SCMP_SYS(pidfd_send_signal), 0) != 0 ? -1 : 0;
}

/*
 * Before ABI 3 Landlock does not see a file cut short by its name, or by an open that says it will
 * not write (3 is the mode that neither reads nor writes).  openat2() has its flags in memory.
 */
static int
refuse_cuts(scmp_filter_ctx f)
{
	static const scmp_datum_t mode[] = { O_RDONLY, O_ACCMODE };
	const scmp_datum_t mask = O_TRUNC | O_ACCMODE;

	for (size_t i = 0; i < COUNT(mode); i++)
		if (seccomp_rule_add(f, REFUSE, SCMP_SYS(open), 1,
		    SCMP_A1(SCMP_CMP_MASKED_EQ, mask, O_TRUNC | mode[i])) != 0 ||
		    seccomp_rule_add(f, REFUSE, SCMP_SYS(openat), 1,
		    SCMP_A2(SCMP_CMP_MASKED_EQ, mask, O_TRUNC | mode[i])) != 0)
			return -1;
	return seccomp_rule_add(f, REFUSE, SCMP_SYS(truncate), 0) != 0 ||
	    seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(openat2), 0) != 0 ? -1 : 0;
}

/*
 * Landlock knows TCP only from ABI 4 and no other protocol: sockets are refused here, all
 * families but a few.  A filter names what is refused, so what lies between these is named.
 */
static int
refuse_sockets(scmp_filter_ctx f, const struct sandbox *box)
{
	if (box->mute)
		return seccomp_rule_add(f, REFUSE, SCMP_SYS(socket), 0);
	if (!box->network)
		return seccomp_rule_add(f, REFUSE, SCMP_SYS(socket), 1,
		    SCMP_A0(SCMP_CMP_NE, AF_UNIX));
	for (scmp_datum_t family = AF_UNSPEC; family < AF_INET6; family++)
		if (family != AF_UNIX && family != AF_INET && seccomp_rule_add(f, REFUSE,
		    SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_EQ, family)) != 0)
			return -1;
	return seccomp_rule_add(f, REFUSE, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_GT, AF_INET6));
}

static int
refuse_calls(scmp_filter_ctx f, const struct sandbox *box)
{
	for (size_t i = 0; i < COUNT(refused); i++)
		if (seccomp_rule_add(f, REFUSE, refused[i], 0) != 0)
			return -1;
	if (refuse_sockets(f, box) != 0 || refuse_cuts(f) != 0)
		return -1;
	return box->forks ? 0 : refuse_processes(f) != 0 ? -1 : refuse_signals(f);
}

static int
restrict_calls(const struct sandbox *box)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);
	int rc = f == NULL || refuse_calls(f, box) != 0 || seccomp_load(f) != 0 ? -1 : 0;

	seccomp_release(f);
	return rc == 0 ? 0 : say("seccomp");
}

int
sandbox_enter(const struct sandbox *box)
{
	struct rlimit none = { 0, 0 };

	if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0 ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return say("no_new_privs");
	return restrict_files(box) != 0 ? -1 : restrict_calls(box);
}

int
sandbox_no_forks(void)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);
	int rc = f == NULL || refuse_processes(f) != 0 || refuse_signals(f) != 0 ||
	    seccomp_load(f) != 0 ? -1 : 0;

	seccomp_release(f);
	return rc == 0 ? 0 : say("seccomp for a child");
}

int
sandbox_no_threads(void)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);
	int rc = f == NULL || seccomp_attr_set(f, SCMP_FLTATR_CTL_TSYNC, 1) != 0 ||
	    seccomp_rule_add(f, REFUSE, SCMP_SYS(clone), 0) != 0 ||
	    seccomp_rule_add(f, REFUSE, SCMP_SYS(clone3), 0) != 0 ||
	    seccomp_load(f) != 0 ? -1 : 0;

	seccomp_release(f);
	return rc == 0 ? 0 : say("seccomp for threads");
}

static bool
opens(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);

	if (fd >= 0)
		(void)close(fd);
	return fd >= 0 || errno != EACCES;
}

static bool
talks(void)
{
	int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (s >= 0)
		(void)close(s);
	return s >= 0 || errno != EPERM;
}

static bool
runs(void)
{
	char *const none[] = { NULL };

	return execve("/nonexistent", none, none) == 0 || errno != EPERM;
}

/* The system call itself: fork() of the C library would run handlers first. */
static bool
forks(void)
{
	long pid = syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);

	if (pid == 0)
		_exit(0);
	if (pid > 0)
		(void)waitpid((pid_t)pid, NULL, 0);
	return pid > 0 || errno != EPERM;
}

static bool
pries(void)
{
	return ptrace(PTRACE_SEIZE, getppid(), NULL, NULL) == 0 || errno != EPERM;
}

int
sandbox_selftest(void)
{
	return (opens("/etc/passwd", O_RDONLY) ? SANDBOX_READS : 0) |
	    (opens("/tmp/.ecoo-jail", O_WRONLY | O_CREAT) ? SANDBOX_WRITES : 0) |
	    (opens("/", O_RDONLY | O_DIRECTORY) ? SANDBOX_LISTS : 0) |
	    (talks() ? SANDBOX_TALKS : 0) | (runs() ? SANDBOX_RUNS : 0) |
	    (forks() ? SANDBOX_FORKS : 0) | (pries() ? SANDBOX_PRIES : 0);
}
