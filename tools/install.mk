# make install beyond programs: SQL, website, nginx templates, systemd units, scripts.
# The units are written with @libexecdir@, @sysconfdir@ and @localstatedir@ in them.
dist_libexec_SCRIPTS = tools/migrate tools/nginx-conf
DATA_TREES = sql static nginx
unitdir = $(prefix)/lib/systemd/system

install-data-local:
	cd $(srcdir) && find $(DATA_TREES) -type d | while read -r d; do \
		$(MKDIR_P) "$(DESTDIR)$(pkgdatadir)/$$d" || exit 1; done
	cd $(srcdir) && find $(DATA_TREES) -type f ! -name local.mk | while read -r f; do \
		$(INSTALL_DATA) -p "$$f" "$(DESTDIR)$(pkgdatadir)/$$f" || exit 1; done
	$(MKDIR_P) "$(DESTDIR)$(unitdir)"
	for f in $(srcdir)/fcgi/*/*.service $(srcdir)/fcgi/*/*.socket; do \
		test ! -f "$$f" || sed -e 's|@libexecdir[@]|$(libexecdir)|g' \
		    -e 's|@sysconfdir[@]|$(sysconfdir)|g' -e 's|@localstatedir[@]|$(localstatedir)|g' \
		    "$$f" >"$(DESTDIR)$(unitdir)/$${f##*/}" || exit 1; done

uninstall-local:
	cd $(srcdir) && find $(DATA_TREES) -type f ! -name local.mk | while read -r f; do \
		rm -f "$(DESTDIR)$(pkgdatadir)/$$f"; done
	for f in $(srcdir)/fcgi/*/*.service $(srcdir)/fcgi/*/*.socket; do \
		rm -f "$(DESTDIR)$(unitdir)/$${f##*/}"; done

dist-hook:
	cd $(srcdir) && tar -cf - $(DATA_TREES) tests | tar -xf - -C "$(distdir)"

EXTRA_DIST += ecoo README.md package.json package-lock.json .npmrc tools/packages tools/vendor tools/launcher
