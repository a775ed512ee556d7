TESTS += tests/unit/test_face
check_PROGRAMS += tests/unit/test_face
tests_unit_test_face_SOURCES = tests/unit/test_face.c fcgi/certificate/face_json.c
tests_unit_test_face_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(JSON_CFLAGS) $(PAPER_CFLAGS)
tests_unit_test_face_LDADD = $(PAPER_LINK) $(HOST_LIBS) $(CRYPTO_LIBS) $(CMOCKA_LIBS)
