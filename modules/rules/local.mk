noinst_LIBRARIES += librules.a
librules_a_SOURCES = \
	modules/rules/application.c modules/rules/application.h \
	modules/rules/check.c modules/rules/check.h modules/rules/check_private.h \
	modules/rules/check_item.c \
	modules/rules/check_party.c \
	modules/rules/check_warn.c \
	modules/rules/code.c modules/rules/code.h \
	modules/rules/country.c \
	modules/rules/currency.c \
	modules/rules/fee.c modules/rules/fee.h \
	modules/rules/identity.c modules/rules/identity.h \
	modules/rules/number.c modules/rules/number.h \
	modules/rules/operation.c \
	modules/rules/port.c \
	modules/rules/state.c modules/rules/state.h \
	modules/rules/unit.c
