# make install beyond programs: SQL, website, nginx templates, scripts, and for systemd the units,
# users and directories.  Those are written with the installation's paths in place of @words@.
dist_libexec_SCRIPTS = tools/migrate tools/nginx-conf
DATA_TREES = sql static nginx
unitdir = $(prefix)/lib/systemd/system
UNITS = $(srcdir)/fcgi/*/*.service $(srcdir)/fcgi/*/*.socket $(srcdir)/tools/install/*.service
FILL = sed -e 's|@libexecdir[@]|$(libexecdir)|g' -e 's|@sysconfdir[@]|$(sysconfdir)|g' \
	-e 's|@localstatedir[@]|$(localstatedir)|g' -e 's|@pkgdatadir[@]|$(pkgdatadir)|g'

install-data-local:
	cd $(srcdir) && find $(DATA_TREES) -type d | while read -r d; do \
		$(MKDIR_P) "$(DESTDIR)$(pkgdatadir)/$$d" || exit 1; done
	cd $(srcdir) && find $(DATA_TREES) -type f ! -name local.mk | while read -r f; do \
		$(INSTALL_DATA) -p "$$f" "$(DESTDIR)$(pkgdatadir)/$$f" || exit 1; done
	for f in $(srcdir)/modules/paper/fonts.conf; do test ! -f "$$f" || \
		$(INSTALL_DATA) "$$f" "$(DESTDIR)$(pkgdatadir)/" || exit 1; done
	$(MKDIR_P) "$(DESTDIR)$(pkgdatadir)/static/api"
	for f in $(srcdir)/nginx/ecoo/programs/*.conf; do p=$${f##*/}; p=fcgi/$${p%.conf}; \
		test ! -x "$$p/$${p##*/}" || "$$p/$${p##*/}" --routes || exit 1; done \
		>tools/openapi/routes
	tools/openapi/openapi $(PACKAGE_VERSION) <tools/openapi/routes \
		>"$(DESTDIR)$(pkgdatadir)/static/api/openapi.json"
	$(MKDIR_P) "$(DESTDIR)$(pkgdatadir)/templates"
	$(INSTALL_DATA) $(srcdir)/fcgi/verify/result.html \
		"$(DESTDIR)$(pkgdatadir)/templates/verify-result.html"
	$(MKDIR_P) "$(DESTDIR)$(unitdir)" "$(DESTDIR)$(prefix)/lib/sysusers.d" \
		"$(DESTDIR)$(prefix)/lib/tmpfiles.d"
	for f in $(UNITS); do test ! -f "$$f" || \
		$(FILL) "$$f" >"$(DESTDIR)$(unitdir)/$${f##*/}" || exit 1; done
	$(FILL) $(srcdir)/tools/install/ecoo.sysusers >"$(DESTDIR)$(prefix)/lib/sysusers.d/ecoo.conf"
	$(FILL) $(srcdir)/tools/install/ecoo.tmpfiles >"$(DESTDIR)$(prefix)/lib/tmpfiles.d/ecoo.conf"

uninstall-local:
	cd $(srcdir) && find $(DATA_TREES) -type f ! -name local.mk | while read -r f; do \
		rm -f "$(DESTDIR)$(pkgdatadir)/$$f"; done
	rm -f "$(DESTDIR)$(pkgdatadir)/fonts.conf" "$(DESTDIR)$(pkgdatadir)/static/api/openapi.json" \
		"$(DESTDIR)$(pkgdatadir)/templates/verify-result.html"
	for f in $(UNITS); do rm -f "$(DESTDIR)$(unitdir)/$${f##*/}"; done
	rm -f "$(DESTDIR)$(prefix)/lib/sysusers.d/ecoo.conf" "$(DESTDIR)$(prefix)/lib/tmpfiles.d/ecoo.conf"

CLEANFILES += tools/openapi/routes

# An archive holds the tree as it is tracked: automake knows what is compiled, the rest is copied,
# but nothing that was built or fetched here.
SHIPPED = docs fcgi modules $(DATA_TREES) tests tools LICENSE .clang-format .npmrc ecoo package.json \
	package-lock.json
NOT_SHIPPED = static/vendor '*.o' '*.a' .deps .dirstamp '*.log' '*.trs' tools/openapi/routes \
	$(bin_PROGRAMS) $(libexec_PROGRAMS) $(noinst_PROGRAMS) $(check_PROGRAMS)

dist-hook:
	(cd $(srcdir) && tar -cf - $(NOT_SHIPPED:%=--exclude=%) $(SHIPPED)) | tar -xf - -C "$(distdir)"
