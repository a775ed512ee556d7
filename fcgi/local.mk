# One folder per program: its whole contract.
include fcgi/login/local.mk
include fcgi/application/local.mk
include fcgi/review/local.mk
include fcgi/payment/local.mk
include fcgi/certificate/local.mk
include fcgi/verify/local.mk
include fcgi/inspect/local.mk
include fcgi/courier/local.mk
