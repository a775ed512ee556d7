#include <stdio.h>
#include <string.h>

#include "fcgi/courier/courier.h"
#include "net/net.h"

struct gateway_secrets courier_secrets;
const char *courier_mail_dir;

static const char *writes[2];

static int
start(const struct config *conf)
{
	if (strncmp(conf->mail_url, "file:///", 8) == 0)
		writes[0] = courier_mail_dir = conf->mail_url + strlen("file://");
	else if (strncmp(conf->mail_url, "smtp://", 7) != 0 &&
	    strncmp(conf->mail_url, "smtps://", 8) != 0) {
		(void)fprintf(stderr, "mail_url: smtp://, smtps:// or file:///, please\n");
		return -1;
	}
	if (net_start() != 0) {
		(void)fprintf(stderr, "libcurl does not start\n");
		return -1;
	}
	return gateway_secrets_read(conf->gateway_secret_file, &courier_secrets);
}

static const struct program courier = {
	.name = "courier", .stmt = courier_stmt, .nstmt = COURIER_STMTS, .no_sessions = true,
	.memory_max = 4 * MIB, .writes = writes, .network = true,
	.nbeside = LANES, .beside = courier_work, .start = start,
};

int
main(int argc, char **argv)
{
	return host_run(&courier, argc, argv);
}
