include tools/admin/local.mk
include tools/coosign/local.mk
include tools/supervise/local.mk
include tools/paysim/local.mk
include tools/openapi/local.mk
include tools/audit-check/local.mk
include tools/install.mk
