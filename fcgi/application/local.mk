# filled by its program
