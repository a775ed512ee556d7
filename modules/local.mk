# A folder is a layer; the arrows run downwards (tests/shape checks the includes).
include modules/base/local.mk
include modules/data/local.mk
include modules/web/local.mk
include modules/rules/local.mk
include modules/people/local.mk
include modules/keys/local.mk
include modules/files/local.mk
include modules/paper/local.mk
include modules/dossier/local.mk
include modules/gateway/local.mk
include modules/net/local.mk
include modules/host/local.mk
include modules/record/local.mk
