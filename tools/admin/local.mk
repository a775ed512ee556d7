bin_PROGRAMS += tools/admin/ecoo-admin
tools_admin_ecoo_admin_SOURCES = tools/admin/admin.c tools/admin/admin.h tools/admin/stmts.c
tools_admin_ecoo_admin_LDADD = libpeople.a libdata.a libbase.a $(MARIADB_LIBS) $(SODIUM_LIBS) -lpthread
