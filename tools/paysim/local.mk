# filled by its tool
