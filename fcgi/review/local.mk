libexec_PROGRAMS += fcgi/review/review
fcgi_review_review_SOURCES = \
	fcgi/review/decide.c \
	fcgi/review/examine.c \
	fcgi/review/main.c \
	fcgi/review/queue.c \
	fcgi/review/review.h \
	fcgi/review/stmts.c
fcgi_review_review_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)
fcgi_review_review_LDADD = $(RECORD_LINK) $(HOST_LIBS)
