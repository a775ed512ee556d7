# Unit tests: one program per layer; each layer's list stands in its own file.
if HAVE_CMOCKA
include tests/unit/base.mk
include tests/unit/rules.mk
include tests/unit/keys.mk
include tests/unit/paper.mk
include tests/unit/web.mk
include tests/unit/inspect.mk
include tests/unit/people.mk
include tests/unit/verify.mk
include tests/unit/payment.mk
include tests/data/local.mk
include tests/unit/face.mk
endif
include tests/fault/local.mk
include tests/walls/local.mk
include tests/bench/local.mk
